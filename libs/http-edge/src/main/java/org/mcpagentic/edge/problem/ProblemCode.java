package org.mcpagentic.edge.problem;

import com.fasterxml.jackson.annotation.JsonValue;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Locale;

/**
 * Every {@code code} that a problem document may carry, with its HTTP status; the table "Errors" of
 * {@code docs/reference/rest-api.md} is the same list for readers.
 */
@RegisterForReflection
public enum ProblemCode {
    MALFORMED_REQUEST(400),
    MALFORMED_JSON(400),
    UNKNOWN_FIELD(400),
    WRONG_TYPE(400),
    BAD_HEADER(400),
    BAD_PARAMETER(400),
    BAD_HOST(400),
    UNAUTHENTICATED(401),
    BAD_ORIGIN(403),
    CSRF(403),
    INSUFFICIENT_SCOPE(403),
    TOOL_FORBIDDEN(403),
    NOT_FOUND(404),
    METHOD_NOT_ALLOWED(405),
    NOT_ACCEPTABLE(406),
    TASK_CANCELLED(409),
    ILLEGAL_TRANSITION(409),
    STEP_SETTLED(409),
    APPROVAL_DECIDED(409),
    IDEMPOTENCY_IN_FLIGHT(409),
    TASK_PURGED(410),
    PRECONDITION_FAILED(412),
    TOO_LARGE(413),
    UNSUPPORTED_MEDIA_TYPE(415),
    INVALID(422),
    UNKNOWN_TOOL(422),
    UNKNOWN_MODEL(422),
    MODEL_BLOCKED(422),
    MODEL_CONTEXT_EXCEEDED(422),
    IDEMPOTENCY_MISMATCH(422),
    PRECONDITION_REQUIRED(428),
    RATE_LIMITED(429),
    TOO_MANY_UNDER_WAY(429),
    BUDGET_EXHAUSTED(429),
    INTERNAL(500),
    MODEL_FAILED(502),
    MODEL_KEY_REFUSED(502),
    MODEL_UNUSABLE(502),
    UPSTREAM_UNUSABLE(502),
    STORE_UNAVAILABLE(503),
    STORE_FULL(503),
    MODEL_UNAVAILABLE(503),
    MODEL_RATE_LIMITED(503),
    MODEL_QUOTA_EXHAUSTED(503),
    UPSTREAM_UNAVAILABLE(503),
    IDENTITY_PROVIDER_UNAVAILABLE(503);

    private final int status;
    private final String wireName = name().toLowerCase(Locale.ROOT);

    ProblemCode(int status) {
        this.status = status;
    }

    /** The HTTP status that goes with the code. */
    public int status() {
        return status;
    }

    /** The code as clients see it, such as {@code not_found}. */
    @JsonValue
    public String wireName() {
        return wireName;
    }

    /** The URI that identifies the kind of problem, such as {@code urn:problem:not_found}. */
    public String type() {
        return "urn:problem:" + wireName;
    }

    /** The phrase of the HTTP status (RFC 9110, section 15). */
    public String title() {
        return switch (status) {
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 406 -> "Not Acceptable";
            case 409 -> "Conflict";
            case 410 -> "Gone";
            case 412 -> "Precondition Failed";
            case 413 -> "Content Too Large";
            case 415 -> "Unsupported Media Type";
            case 422 -> "Unprocessable Content";
            case 428 -> "Precondition Required";
            case 429 -> "Too Many Requests";
            case 500 -> "Internal Server Error";
            case 502 -> "Bad Gateway";
            case 503 -> "Service Unavailable";
            default -> throw new IllegalStateException("no phrase for status " + status);
        };
    }
}
