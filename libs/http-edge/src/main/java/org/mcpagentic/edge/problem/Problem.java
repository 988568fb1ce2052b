package org.mcpagentic.edge.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Optional;

/**
 * A problem document as it goes over the wire.
 *
 * @param type {@code urn:problem:CODE}
 * @param title the phrase of the HTTP status
 * @param status the HTTP status
 * @param code the stable code that programs go by
 * @param detail what happened, for a person
 * @param instance the id under which the log tells more; on {@code internal} only
 * @param errors the fields at fault; left out when empty
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</a>
 */
@RegisterForReflection
@JsonPropertyOrder({"type", "title", "status", "code", "detail", "instance", "errors"})
public record Problem(
        String type,
        String title,
        int status,
        ProblemCode code,
        String detail,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> instance,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<FieldError> errors) {

    /** The media type of problem documents. */
    public static final String MEDIA_TYPE = "application/problem+json";

    public Problem {
        errors = List.copyOf(errors);
    }

    static Problem of(ProblemCode code, String detail, Optional<String> instance, List<FieldError> errors) {
        return new Problem(code.type(), code.title(), code.status(), code, detail, instance, errors);
    }
}
