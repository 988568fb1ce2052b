package org.mcpagentic.stubmodel;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What was asked, whichever wire it came by.
 *
 * @param model as the client named it
 * @param system the system instruction, empty where there is none
 * @param userTexts what the user said, oldest first, tool results left out
 * @param turn the number of model turns that the conversation already holds, so 0 for the first
 * @param tools the names of the tools offered, in the client's order
 * @param toolResults all tool results so far, in the order of the conversation
 * @param attempt 1 for the first request with this input and turn, 2 for the next, and so on
 */
public record ModelRequest(
        Provider provider,
        String model,
        boolean streamed,
        String system,
        List<String> userTexts,
        int turn,
        List<String> tools,
        List<ToolResult> toolResults,
        int attempt) {
    public ModelRequest {
        requireNonNull(provider, "provider");
        requireNonNull(model, "model");
        requireNonNull(system, "system");
        userTexts = List.copyOf(userTexts);
        tools = List.copyOf(tools);
        toolResults = List.copyOf(toolResults);
        if (turn < 0) {
            throw new IllegalArgumentException("a turn is 0 or more, not " + turn);
        }
        if (attempt < 1) {
            throw new IllegalArgumentException("an attempt is 1 or more, not " + attempt);
        }
    }

    /** The first thing that the user said, empty if the user said nothing. */
    public String input() {
        return userTexts.isEmpty() ? "" : userTexts.getFirst();
    }

    ModelRequest attempted(int times) {
        return new ModelRequest(provider, model, streamed, system, userTexts, turn, tools, toolResults, times);
    }
}
