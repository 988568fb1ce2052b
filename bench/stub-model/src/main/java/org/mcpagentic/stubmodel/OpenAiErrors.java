package org.mcpagentic.stubmodel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Map;

/**
 * Errors as OpenAI says them.
 *
 * @see <a href="https://platform.openai.com/docs/guides/error-codes">Error codes</a>
 */
final class OpenAiErrors {
    private static final String INVALID = "invalid_request_error";
    private static final String NONE = "";

    private OpenAiErrors() {}

    static ErrorReply reply(Refusal refusal, String model) {
        return switch (refusal.cause()) {
            case WRONG_KEY ->
                error(
                        401,
                        INVALID,
                        "invalid_api_key",
                        NONE,
                        said(
                                refusal,
                                "Incorrect API key provided: ****. You can find your API key at"
                                        + " https://platform.openai.com/account/api-keys."));
            case MISSING_KEY ->
                error(
                        401,
                        INVALID,
                        NONE,
                        NONE,
                        said(
                                refusal,
                                "You didn't provide an API key. You need to provide your API key in an Authorization header"
                                        + " using Bearer auth (i.e. Authorization: Bearer YOUR_KEY)."));
            case NOT_PERMITTED ->
                error(
                        403,
                        INVALID,
                        "model_not_found",
                        NONE,
                        said(refusal, "Project does not have access to model " + model));
            case UNKNOWN_MODEL ->
                error(
                        404,
                        INVALID,
                        "model_not_found",
                        NONE,
                        said(refusal, "The model `" + model + "` does not exist or you do not have access to it."));
            case BAD_REQUEST -> error(400, INVALID, NONE, NONE, said(refusal, "The request is not valid."));
            case TOO_LONG ->
                error(
                        400,
                        INVALID,
                        "context_length_exceeded",
                        "messages",
                        said(
                                refusal,
                                "This model's maximum context length is 128000 tokens. However, your messages resulted in"
                                        + " 128600 tokens. Please reduce the length of the messages."));
            case RATE_LIMITED ->
                error(
                                429,
                                "requests",
                                "rate_limit_exceeded",
                                NONE,
                                said(
                                        refusal,
                                        "Rate limit reached for " + model
                                                + " on requests per min (RPM): Limit 60, Used 60,"
                                                + " Requested 1. Please try again in "
                                                + GeminiErrors.seconds(refusal.retryDelay()) + "."))
                        .with(retryHeaders(refusal.retryDelay()));
            case DAILY_QUOTA ->
                error(
                        429,
                        "insufficient_quota",
                        "insufficient_quota",
                        NONE,
                        said(refusal, "You exceeded your current quota, please check your plan and billing details."));
            case OVERLOADED ->
                error(
                        503,
                        "server_error",
                        NONE,
                        NONE,
                        said(refusal, "The engine is currently overloaded, please try again later"));
            case INTERNAL ->
                error(
                        500,
                        "server_error",
                        NONE,
                        NONE,
                        said(refusal, "The server had an error while processing your request. Sorry about that!"));
        };
    }

    static ErrorReply blockedPrompt() {
        return error(
                400,
                INVALID,
                "content_policy_violation",
                "messages",
                "Your request was rejected as a result of our safety system.");
    }

    private static ErrorReply error(int status, String type, String code, String param, String message) {
        ObjectNode body = Json.object();
        ObjectNode error = body.putObject("error").put("message", message).put("type", type);
        putOrNull(error, "param", param);
        putOrNull(error, "code", code);
        return new ErrorReply(status, Map.of(), body);
    }

    private static void putOrNull(ObjectNode error, String name, String value) {
        if (value.isEmpty()) {
            error.putNull(name);
        } else {
            error.put(name, value);
        }
    }

    private static Map<String, String> retryHeaders(Duration wait) {
        if (wait.isZero()) {
            return Map.of();
        }
        long seconds = Math.ceilDiv(wait.toNanos(), 1_000_000_000L);
        return Map.of("retry-after", Long.toString(seconds), "retry-after-ms", Long.toString(wait.toMillis()));
    }

    private static String said(Refusal refusal, String otherwise) {
        return refusal.message().isEmpty() ? otherwise : refusal.message();
    }
}
