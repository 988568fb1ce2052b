package org.mcpagentic.stubmodel;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as people write them: {@code 50ms}, {@code 1.5s}, {@code 2m}. */
final class Waits {
    private static final Pattern WRITTEN = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)(ms|s|m)");

    private Waits() {}

    /** @throws IllegalArgumentException if it is not written so */
    static Duration parse(String text) {
        Matcher written = WRITTEN.matcher(text);
        if (!written.matches()) {
            throw new IllegalArgumentException("a time is written as 50ms, 1.5s or 2m, not " + text);
        }
        BigDecimal nanos = new BigDecimal(written.group(1)).multiply(BigDecimal.valueOf(nanos(written.group(2))));
        return Duration.ofNanos(nanos.longValue());
    }

    private static long nanos(String unit) {
        return switch (unit) {
            case "ms" -> 1_000_000L;
            case "s" -> 1_000_000_000L;
            default -> 60_000_000_000L;
        };
    }
}
