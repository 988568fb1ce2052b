package org.mcpagentic.edge.problem;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A failure that the client is told about, word for word: neither detail nor errors may hold what is not meant for it. */
public final class ProblemException extends RuntimeException {

    private final ProblemCode code;
    private final String detail;
    private final transient List<FieldError> errors;
    private final transient Optional<Duration> retryAfter;

    public ProblemException(ProblemCode code, String detail) {
        this(code, detail, List.of(), Optional.empty());
    }

    /** One field is at fault. */
    public ProblemException(ProblemCode code, String detail, FieldError error) {
        this(code, detail, List.of(error), Optional.empty());
    }

    /** Trying again makes sense after the given time. */
    public ProblemException(ProblemCode code, String detail, Duration retryAfter) {
        this(code, detail, List.of(), Optional.of(retryAfter));
    }

    public ProblemException(ProblemCode code, String detail, List<FieldError> errors, Optional<Duration> retryAfter) {
        // why no stack trace: it is an answer, made on purpose, and made often when a client misbehaves
        super(code.wireName() + ": " + detail, null, false, false);
        this.code = code;
        this.detail = detail;
        this.errors = List.copyOf(errors);
        this.retryAfter = retryAfter;
    }

    /** A field with a value that its type allows and its meaning does not: 422 {@code invalid}. */
    public static ProblemException invalid(String field, String message) {
        return new ProblemException(
                ProblemCode.INVALID, "\"" + field + "\" " + message, new FieldError(field, message));
    }

    /** What was asked for does not exist, or belongs to someone else. */
    public static ProblemException notFound(String what) {
        return new ProblemException(ProblemCode.NOT_FOUND, "there is no such " + what);
    }

    public ProblemCode code() {
        return code;
    }

    public String detail() {
        return detail;
    }

    public List<FieldError> errors() {
        return errors;
    }

    /** When trying again makes sense; sent as {@code Retry-After}. */
    public Optional<Duration> retryAfter() {
        return retryAfter;
    }
}
