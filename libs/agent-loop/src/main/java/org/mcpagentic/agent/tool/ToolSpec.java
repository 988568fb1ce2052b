package org.mcpagentic.agent.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * What a tool is, as a model and a person see it.
 *
 * @param name 1 to 64 characters of {@code a-z 0-9 _ . -}, unique within a toolbox
 * @param description one or two sentences for the model
 * @param inputSchema JSON Schema (draft 2020-12) of the arguments, of type object
 * @param sideEffects what a repeated call would do
 * @param deadline after which a call is given up; more than zero
 * @param maxOutputChars bound on the result's characters, 1 to 40,000, so that any text fits the journal
 */
public record ToolSpec(
        String name,
        String description,
        ObjectNode inputSchema,
        SideEffects sideEffects,
        Duration deadline,
        int maxOutputChars) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9_.-]{1,64}");

    public ToolSpec {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("a tool's name is 1 to 64 characters of a-z, 0-9, _ . and -");
        }
        if (description.isBlank()) {
            throw new IllegalArgumentException("a tool needs a description");
        }
        if (!"object".equals(inputSchema.path("type").asText())) {
            throw new IllegalArgumentException("a tool's input schema is of type object");
        }
        if (!deadline.isPositive()) {
            throw new IllegalArgumentException("a tool's deadline is more than zero");
        }
        if (maxOutputChars < 1 || maxOutputChars > 40_000) {
            throw new IllegalArgumentException("a tool's output is bounded to 1 to 40,000 characters");
        }
        inputSchema = inputSchema.deepCopy();
    }
}
