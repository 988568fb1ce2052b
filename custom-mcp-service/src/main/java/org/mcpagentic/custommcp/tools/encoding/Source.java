package org.mcpagentic.custommcp.tools.encoding;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.mcpagentic.agent.tool.ToolFailure;

/** What the characters of a text stand for. */
public enum Source {
    /** Themselves: the bytes are those of the text in UTF-8. */
    UTF_8,
    BASE64,
    HEX;

    public static Source ofWireName(String name) {
        return Arrays.stream(values())
                .filter(source -> source.wireName().equals(name))
                .findFirst()
                .orElseThrow(() -> new ToolFailure("there is no encoding \"" + name + "\"; there are "
                        + Arrays.stream(values()).map(Source::wireName).collect(Collectors.joining(", "))));
    }

    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The bytes that a text stands for; fails with {@link ToolFailure} where it stands for none. */
    public byte[] bytes(String text) {
        return switch (this) {
            case UTF_8 -> Utf8.bytes(text);
            case BASE64 -> Encoding.BASE64.decode(text);
            case HEX -> Encoding.HEX.decode(text);
        };
    }
}
