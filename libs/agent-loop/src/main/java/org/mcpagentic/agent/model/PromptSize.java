package org.mcpagentic.agent.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import org.mcpagentic.agent.model.ModelEvent.ToolCalls;
import org.mcpagentic.agent.model.ModelEvent.Turn;
import org.mcpagentic.agent.tool.ToolCall;
import org.mcpagentic.agent.tool.ToolSpec;

/**
 * How many tokens a prompt takes, estimated, since every model counts its own: one for three bytes of UTF-8, which is too many for prose
 * and about right for figures, and some for each message.
 */
public final class PromptSize {

    /** Bytes of UTF-8 that are taken for one token. */
    public static final int BYTES_PER_TOKEN = 3;

    private static final int TOKENS_PER_MESSAGE = 8;

    private PromptSize() {}

    /** Tokens of a whole prompt, its tools included. */
    public static long estimate(Prompt prompt) {
        long tokens = tokens(prompt.system());
        for (Message message : prompt.messages()) {
            tokens += TOKENS_PER_MESSAGE + tokens(message);
        }
        for (ToolSpec tool : prompt.tools()) {
            tokens += TOKENS_PER_MESSAGE + tokens(tool.description()) + tokens(tool.inputSchema());
        }
        return tokens;
    }

    private static long tokens(Message message) {
        return switch (message) {
            case Message.UserMessage(String text) -> tokens(text);
            case Message.ModelMessage(Turn turn) -> tokens(turn);
            case Message.ToolMessage result -> tokens(result.text());
        };
    }

    private static long tokens(Turn turn) {
        long tokens = tokens(turn.text()) + tokens(turn.providerState().orElse(""));
        if (turn instanceof ToolCalls calls) {
            for (ToolCall call : calls.calls()) {
                tokens += tokens(call.arguments());
            }
        }
        return tokens;
    }

    private static long tokens(ObjectNode json) {
        return tokens(json.toString());
    }

    /** More than a prompt takes, as far as one can know: what is reserved for it. */
    public static long most(Prompt prompt) {
        return estimate(prompt) * 3 / 2;
    }

    /** Tokens of a text. */
    public static long tokens(String text) {
        return Math.ceilDiv(text.getBytes(StandardCharsets.UTF_8).length, BYTES_PER_TOKEN);
    }
}
