package org.mcpagentic.custommcp.tools.encoding;

import java.util.HexFormat;

/**
 * Bytes in a form that fits a text.
 *
 * @param shown the text that the bytes are in UTF-8, or their hexadecimal digits where they are none
 */
public record Decoded(String shown, boolean isText, int bytes) {

    public static Decoded of(byte[] bytes) {
        return Utf8.text(bytes)
                .map(text -> new Decoded(text, true, bytes.length))
                .orElseGet(() -> new Decoded(HexFormat.of().formatHex(bytes), false, bytes.length));
    }
}
