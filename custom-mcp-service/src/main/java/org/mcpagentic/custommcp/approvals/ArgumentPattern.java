package org.mcpagentic.custommcp.approvals;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/**
 * What one argument of a call looks like. Arguments are untrusted and up to 256 KiB long, so the expression is one of RE2, whose
 * time is linear in them.
 */
final class ArgumentPattern {

    private static final int MOST_CHARS = 1_000;

    private final JsonPointer pointer;
    private final Pattern pattern;

    private ArgumentPattern(JsonPointer pointer, Pattern pattern) {
        this.pointer = pointer;
        this.pattern = pattern;
    }

    /**
     * Reads a pattern.
     *
     * @param setting names it in messages
     * @throws IllegalArgumentException with what is wrong with it
     */
    static ArgumentPattern of(String setting, ApprovalConfig.Argument argument) {
        JsonPointer pointer;
        try {
            pointer = JsonPointer.compile(argument.pointer());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    setting + ".pointer: \"" + argument.pointer() + "\" is not a JSON pointer such as /to", e);
        }
        if (argument.matches().length() > MOST_CHARS) {
            throw new IllegalArgumentException(setting + ".matches: is longer than 1,000 characters");
        }
        try {
            // why: a line feed in an argument must not hide the rest of it
            return new ArgumentPattern(pointer, Pattern.compile(argument.matches(), Pattern.DOTALL));
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    setting + ".matches: is not a regular expression of RE2: " + e.getMessage(), e);
        }
    }

    /** Whether the argument is there and looks like it. */
    boolean matches(ObjectNode arguments) {
        JsonNode value = arguments.at(pointer);
        if (value.isMissingNode() || value.isNull()) {
            return false;
        }
        return pattern.matches(value.isValueNode() ? value.asText() : value.toString());
    }
}
