package org.mcpagentic.custommcp.tools.fetch;

import java.util.Optional;
import org.mcpagentic.agent.tool.ToolFailure;

/**
 * What a server is asked to prefer.
 *
 * @param accept media types, as in an {@code Accept} header; anything where empty
 * @param acceptLanguage languages, as in an {@code Accept-Language} header
 */
public record Preferences(Optional<String> accept, Optional<String> acceptLanguage) {

    /** Anything that is text. */
    public static final Preferences NONE = new Preferences(Optional.empty(), Optional.empty());

    /** @throws ToolFailure where a header would not be of printable ASCII */
    public Preferences {
        accept.ifPresent(value -> requirePrintable("accept", value));
        acceptLanguage.ifPresent(value -> requirePrintable("accept_language", value));
    }

    private static void requirePrintable(String name, String value) {
        // why: a line break would begin a header of the caller's own
        if (!value.matches("[ -~]{1,200}")) {
            throw new ToolFailure("the argument \"" + name + "\" is 1 to 200 printable ASCII characters");
        }
    }
}
