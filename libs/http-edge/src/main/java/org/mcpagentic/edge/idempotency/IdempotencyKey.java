package org.mcpagentic.edge.idempotency;

import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.mcpagentic.edge.problem.ProblemCode;
import org.mcpagentic.edge.problem.ProblemException;

/**
 * The name that a client gives to one attempt to create something, so that repeating the request does not repeat the
 * effect.
 *
 * @param value 1 to 128 printable ASCII characters
 */
public record IdempotencyKey(String value) {

    private static final Pattern VALID = Pattern.compile("[\\x20-\\x7e]{1,128}");

    public IdempotencyKey {
        if (!VALID.matcher(value).matches() || value.isBlank()) {
            throw new IllegalArgumentException("an idempotency key is 1 to 128 printable ASCII characters");
        }
    }

    /**
     * The key of a request, where it has one.
     *
     * @throws ProblemException {@code bad_header} when it is malformed or there twice
     */
    public static Optional<IdempotencyKey> of(HttpServerRequest request) {
        List<String> values = request.headers().getAll("Idempotency-Key");
        if (values.isEmpty()) {
            return Optional.empty();
        }
        if (values.size() > 1) {
            throw new ProblemException(ProblemCode.BAD_HEADER, "the header Idempotency-Key is there more than once");
        }
        try {
            return Optional.of(new IdempotencyKey(values.getFirst()));
        } catch (IllegalArgumentException e) {
            throw new ProblemException(
                    ProblemCode.BAD_HEADER, "the header Idempotency-Key must be 1 to 128 printable ASCII characters");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
