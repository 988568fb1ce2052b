package org.mcpagentic.edge.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.quarkus.logging.Log;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.WebApplicationException;
import java.io.CharConversionException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.mcpagentic.store.Guard;
import org.mcpagentic.store.StoreException;

/** The one place where a failure, of whatever kind, becomes what the client is told. */
public final class Problems {

    /** How long a client is asked to wait when nobody knows better. */
    private static final Duration DEFAULT_RETRY = Duration.ofSeconds(2);

    private Problems() {}

    /**
     * What is sent for a failure.
     *
     * @param document the body
     * @param retryAfterSeconds the value of {@code Retry-After}, at least 1
     */
    public record Answer(Problem document, OptionalLong retryAfterSeconds) {}

    /** The answer for a failure. What nobody foresaw is logged with its cause and told as {@code internal}. */
    public static Answer answer(Throwable failure) {
        return expected(unwrapped(failure)).map(Problems::answer).orElseGet(() -> internal(failure));
    }

    private static Answer answer(ProblemException problem) {
        // why rounded up: a client that comes a moment early is refused again
        OptionalLong seconds = problem.retryAfter().stream()
                .mapToLong(after -> Math.max(1, after.plusMillis(999).toSeconds()))
                .findFirst();
        return new Answer(Problem.of(problem.code(), problem.detail(), Optional.empty(), problem.errors()), seconds);
    }

    private static Answer internal(Throwable failure) {
        String instance = "urn:uuid:" + UUID.randomUUID();
        if (failure instanceof IOException) {
            // why quiet: it is nearly always a client that went away
            Log.debugf(failure, "request broken off instance=%s", instance);
        } else {
            Log.errorf(failure, "request failed instance=%s", instance);
        }
        Problem document = Problem.of(
                ProblemCode.INTERNAL,
                "something went wrong here; the log tells more under the instance",
                Optional.of(instance),
                List.of());
        return new Answer(document, OptionalLong.empty());
    }

    private static Throwable unwrapped(Throwable failure) {
        boolean wrapper = failure instanceof CompletionException || failure instanceof ExecutionException;
        return wrapper && failure.getCause() != null ? unwrapped(failure.getCause()) : failure;
    }

    private static Optional<ProblemException> expected(Throwable failure) {
        return switch (failure) {
            case ProblemException problem -> Optional.of(problem);
            case StoreException store -> refusedByStore(store);
            case JsonProcessingException json -> JsonFailures.translate(json);
            case CharConversionException encoding ->
                Optional.of(new ProblemException(ProblemCode.MALFORMED_JSON, "the body is not valid UTF-8"));
            case ConstraintViolationException violations -> Violations.translate(violations);
            case WebApplicationException web -> refusedByJaxRs(web);
            default -> Optional.empty();
        };
    }

    private static Optional<ProblemException> refusedByStore(StoreException store) {
        return switch (store.code()) {
            case TASK_NOT_FOUND -> Optional.of(ProblemException.notFound("task"));
            case RESPONSE_NOT_FOUND -> Optional.of(ProblemException.notFound("response"));
            case APPROVAL_NOT_FOUND -> Optional.of(ProblemException.notFound("approval"));
            case APPROVAL_CHANGED ->
                Optional.of(new ProblemException(
                        ProblemCode.PRECONDITION_FAILED,
                        "the approval has another revision or other arguments than the decision names"));
            case APPROVAL_DECIDED ->
                Optional.of(new ProblemException(
                        ProblemCode.APPROVAL_DECIDED,
                        "the approval was decided otherwise, has expired or was withdrawn"));
            case ILLEGAL_TRANSITION ->
                Optional.of(
                        new ProblemException(ProblemCode.ILLEGAL_TRANSITION, "the task's status does not allow this"));
            case STEP_SETTLED ->
                Optional.of(
                        new ProblemException(ProblemCode.STEP_SETTLED, "the step has an outcome, or was never begun"));
            case TASK_PURGED ->
                Optional.of(new ProblemException(
                        ProblemCode.TASK_PURGED,
                        "the first request with this Idempotency-Key made a task that is no longer kept"));
            case IDEMPOTENCY_MISMATCH ->
                Optional.of(new ProblemException(
                        ProblemCode.IDEMPOTENCY_MISMATCH, "the Idempotency-Key was used before with another request"));
            case IDEMPOTENCY_IN_FLIGHT ->
                Optional.of(new ProblemException(
                        ProblemCode.IDEMPOTENCY_IN_FLIGHT,
                        "the first request with this Idempotency-Key is still under way"));
            case GUARD_REFUSED -> Optional.of(refusedByGuard(store));
            case STORE_FULL ->
                Optional.of(withRetry(ProblemCode.STORE_FULL, "the store is full; nothing new is accepted", store));
            case STORE_UNAVAILABLE ->
                Optional.of(withRetry(
                        ProblemCode.STORE_UNAVAILABLE,
                        "the store does not answer; whether the request took effect is unknown",
                        store));
            case STALE_CLAIM, JOURNAL_FULL, MEMORY_FULL -> Optional.empty();
        };
    }

    private static ProblemException refusedByGuard(StoreException store) {
        return switch (store.guard().orElse(Guard.Kind.RATE)) {
            case RATE -> withRetry(ProblemCode.RATE_LIMITED, "too many requests; wait a little", store);
            case SLOTS ->
                withRetry(
                        ProblemCode.TOO_MANY_UNDER_WAY, "as many as allowed are under way; wait for one to end", store);
            case BUDGET -> withRetry(ProblemCode.BUDGET_EXHAUSTED, "the day's budget is used up or reserved", store);
        };
    }

    private static ProblemException withRetry(ProblemCode code, String detail, StoreException store) {
        return new ProblemException(code, detail, store.retryAfter().orElse(DEFAULT_RETRY));
    }

    private static Optional<ProblemException> refusedByJaxRs(WebApplicationException web) {
        // why: quarkus-rest wraps what Jackson's parser throws, and only that, in a 400
        if (web.getCause() instanceof JsonProcessingException json) {
            return JsonFailures.translate(json);
        }
        return ofStatus(web.getResponse().getStatus());
    }

    /** The problem for a status that some machinery below set; empty for 5xx. */
    static Optional<ProblemException> ofStatus(int status) {
        return switch (status) {
            case 404 -> Optional.of(new ProblemException(ProblemCode.NOT_FOUND, "there is nothing at this path"));
            case 405 ->
                Optional.of(
                        new ProblemException(ProblemCode.METHOD_NOT_ALLOWED, "this path does not have that method"));
            case 406 ->
                Optional.of(new ProblemException(
                        ProblemCode.NOT_ACCEPTABLE, "none of the media types in Accept is to be had here"));
            case 413 -> Optional.of(new ProblemException(ProblemCode.TOO_LARGE, "the body is too large"));
            case 415 ->
                Optional.of(new ProblemException(
                        ProblemCode.UNSUPPORTED_MEDIA_TYPE, "a body must be application/json in UTF-8"));
            default ->
                status >= 400 && status < 500
                        ? Optional.of(
                                new ProblemException(ProblemCode.MALFORMED_REQUEST, "the request is not understood"))
                        : Optional.empty();
        };
    }
}
