package org.mcpagentic.mcp.prompt;

import org.mcpagentic.mcp.content.Content;

/** One message of a prompt. */
public record PromptMessage(Role role, Content content) {

    /** Who says it. */
    public enum Role {
        USER,
        ASSISTANT
    }

    /** What the user says. */
    public static PromptMessage user(String text) {
        return new PromptMessage(Role.USER, new Content.Text(text));
    }
}
