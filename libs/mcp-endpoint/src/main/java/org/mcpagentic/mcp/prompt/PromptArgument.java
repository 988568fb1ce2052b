package org.mcpagentic.mcp.prompt;

/** An argument of a prompt; always text. */
public record PromptArgument(String name, String description, boolean required) {}
