package org.mcpagentic.stubmodel;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;

/** Errors as Google's APIs say them, see google.rpc.Status and google/rpc/error_details.proto. */
final class GeminiErrors {
    private static final String TYPE = "type.googleapis.com/google.rpc.";
    private static final String LIMITS = "https://ai.google.dev/gemini-api/docs/rate-limits";

    private GeminiErrors() {}

    static ErrorReply reply(Refusal refusal, String model) {
        return switch (refusal.cause()) {
            case WRONG_KEY ->
                error(
                        400,
                        "INVALID_ARGUMENT",
                        said(refusal, "API key not valid. Please pass a valid API key."),
                        Json.array().add(errorInfo("API_KEY_INVALID")));
            case MISSING_KEY ->
                error(
                        403,
                        "PERMISSION_DENIED",
                        said(
                                refusal,
                                "Method doesn't allow unregistered callers (callers without established identity). Please use"
                                        + " API Key or other form of API consumer identity to call this API."),
                        Json.array());
            case NOT_PERMITTED ->
                error(403, "PERMISSION_DENIED", said(refusal, "The caller does not have permission"), Json.array());
            case UNKNOWN_MODEL ->
                error(
                        404,
                        "NOT_FOUND",
                        said(
                                refusal,
                                "models/" + model + " is not found for API version v1beta, or is not supported for"
                                        + " generateContent. Call ListModels to see the list of available models and their"
                                        + " supported methods."),
                        Json.array());
            case BAD_REQUEST ->
                error(400, "INVALID_ARGUMENT", said(refusal, "Request contains an invalid argument."), Json.array());
            case TOO_LONG ->
                error(
                        400,
                        "INVALID_ARGUMENT",
                        said(
                                refusal,
                                "The input token count (1048600) exceeds the maximum number of tokens allowed (1048576)."),
                        Json.array());
            case RATE_LIMITED ->
                error(
                        429,
                        "RESOURCE_EXHAUSTED",
                        exceeded(refusal),
                        quota(refusal, model, "GenerateRequestsPerMinutePerProjectPerModel-FreeTier", "60"));
            case DAILY_QUOTA ->
                error(
                        429,
                        "RESOURCE_EXHAUSTED",
                        exceeded(refusal),
                        quota(refusal, model, "GenerateRequestsPerDayPerProjectPerModel-FreeTier", "250"));
            case OVERLOADED ->
                error(
                        503,
                        "UNAVAILABLE",
                        said(refusal, "The model is overloaded. Please try again later."),
                        Json.array());
            case INTERNAL ->
                error(
                        500,
                        "INTERNAL",
                        said(
                                refusal,
                                "An internal error has occurred. Please retry or report in"
                                        + " https://developers.generativeai.google/guide/troubleshooting"),
                        Json.array());
        };
    }

    /** As {@code google.protobuf.Duration} is written: {@code 34s}, {@code 0.25s}. */
    static String seconds(Duration wait) {
        return BigDecimal.valueOf(wait.toNanos(), 9).stripTrailingZeros().toPlainString() + "s";
    }

    private static ErrorReply error(int status, String name, String message, ArrayNode details) {
        ObjectNode body = Json.object();
        ObjectNode error = body.putObject("error");
        error.put("code", status).put("message", message).put("status", name);
        if (!details.isEmpty()) {
            error.set("details", details);
        }
        return new ErrorReply(status, Map.of(), body);
    }

    private static String said(Refusal refusal, String otherwise) {
        return refusal.message().isEmpty() ? otherwise : refusal.message();
    }

    private static String exceeded(Refusal refusal) {
        String again = refusal.retryDelay().isZero() ? "" : "\nPlease retry in " + seconds(refusal.retryDelay()) + ".";
        return said(
                refusal,
                "You exceeded your current quota, please check your plan and billing details. For more information on"
                        + " this error, head to: " + LIMITS + "." + again);
    }

    private static ObjectNode errorInfo(String reason) {
        ObjectNode info = Json.object();
        info.put("@type", TYPE + "ErrorInfo").put("reason", reason).put("domain", "googleapis.com");
        info.putObject("metadata").put("service", "generativelanguage.googleapis.com");
        return info;
    }

    private static ArrayNode quota(Refusal refusal, String model, String quotaId, String value) {
        ArrayNode details = Json.array();
        ObjectNode violation = details.addObject()
                .put("@type", TYPE + "QuotaFailure")
                .putArray("violations")
                .addObject();
        violation
                .put("quotaMetric", "generativelanguage.googleapis.com/generate_content_free_tier_requests")
                .put("quotaId", quotaId);
        violation.putObject("quotaDimensions").put("location", "global").put("model", model);
        violation.put("quotaValue", value);
        details.addObject()
                .put("@type", TYPE + "Help")
                .putArray("links")
                .addObject()
                .put("description", "Learn more about Gemini API quotas")
                .put("url", LIMITS);
        if (!refusal.retryDelay().isZero()) {
            details.addObject().put("@type", TYPE + "RetryInfo").put("retryDelay", seconds(refusal.retryDelay()));
        }
        return details;
    }
}
