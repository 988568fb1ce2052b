package org.mcpagentic.models.wire;

import io.vertx.core.MultiMap;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * An answer with another status than success.
 *
 * @param status the HTTP status
 * @param body at most {@link #MOST_BYTES} bytes of it, as text; untrusted
 * @param at when it came, for what is said in dates
 */
public record Refusal(int status, MultiMap headers, String body, Instant at) {

    /** What is read of a refusal. */
    public static final int MOST_BYTES = 64 << 10;

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /**
     * When to ask again.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#field.retry-after">RFC 9110, Retry-After</a>
     */
    public Optional<Duration> retryAfter() {
        return header("Retry-After").flatMap(value -> WaitTimes.retryAfter(value, at));
    }

    @Override
    public String toString() {
        return "Refusal[status=" + status + "]";
    }
}
