package org.mcpagentic.stubmodel;

/** The finish reasons that both wires have, in the words of each; others pass as they are. */
final class FinishReasons {
    private FinishReasons() {}

    static String gemini(String reason) {
        return switch (reason) {
            case "stop", "tool_calls" -> "STOP";
            case "length" -> "MAX_TOKENS";
            case "content_filter" -> "SAFETY";
            default -> reason;
        };
    }

    static String openAi(String reason) {
        return switch (reason) {
            case "STOP" -> "stop";
            case "MAX_TOKENS" -> "length";
            case "SAFETY", "RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII" -> "content_filter";
            default -> reason;
        };
    }
}
