package org.mcpagentic.store;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * Something to be remembered.
 *
 * @param value any text of Unicode, not empty, at most {@value #MOST_VALUE_BYTES} bytes in UTF-8
 * @param expiry after how long it is forgotten, 1 s to 365 days; never where there is none
 */
public record NewMemory(MemoryKey key, String value, Optional<Duration> expiry) {

    public static final int MOST_VALUE_BYTES = 16 * 1024;

    private static final Duration LEAST_EXPIRY = Duration.ofSeconds(1);
    private static final Duration MOST_EXPIRY = Duration.ofDays(365);

    public NewMemory {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("a value is not empty");
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(value)) {
            throw new IllegalArgumentException("the value is no text of Unicode: it holds half a surrogate pair");
        }
        int bytes = bytesOf(value);
        if (bytes > MOST_VALUE_BYTES) {
            throw new IllegalArgumentException(
                    "the value has %d bytes in UTF-8; at most %d are kept".formatted(bytes, MOST_VALUE_BYTES));
        }
        if (expiry.filter(after -> after.compareTo(LEAST_EXPIRY) < 0 || after.compareTo(MOST_EXPIRY) > 0)
                .isPresent()) {
            throw new IllegalArgumentException("something is remembered for 1 second to 365 days, or without an end");
        }
    }

    /** What it counts for in the tenant's memory: bytes of key and value in UTF-8. */
    public int bytes() {
        return key.value().length() + bytesOf(value);
    }

    private static int bytesOf(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
