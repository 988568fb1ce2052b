package org.mcpagentic.agent.tool;

/**
 * What a call came to, as the model reads it.
 *
 * @param failed whether the text is a failure that the model may repair
 * @param truncated whether the text was cut to the tool's bound; the text then says so itself
 */
public record ToolResult(String text, boolean failed, boolean truncated) {}
