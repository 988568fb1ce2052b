package org.mcpagentic.models.wire;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long a server wants to be left alone, in the ways in which servers write that; never more than a day. */
public final class WaitTimes {

    /** Whoever names more than this is taken at this. */
    static final Duration MOST = Duration.ofDays(1);

    private static final Pattern SECONDS = Pattern.compile("\\d{1,18}(\\.\\d{1,18})?");
    private static final Pattern UNITS = Pattern.compile("(?:(\\d{1,9}(?:\\.\\d{1,9})?)(h|ms|m|s|us|µs|ns))");

    private WaitTimes() {}

    /**
     * Seconds, or a date as of RFC 9110.
     *
     * @param now what a date is compared with
     */
    public static Optional<Duration> retryAfter(String value, Instant now) {
        Optional<Duration> seconds = seconds(value);
        if (seconds.isPresent()) {
            return seconds;
        }
        try {
            Instant date = ZonedDateTime.parse(value.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Optional.of(bounded(Duration.between(now, date)));
        } catch (DateTimeException notADate) {
            return Optional.empty();
        }
    }

    /** Seconds, with a fraction or without. */
    public static Optional<Duration> seconds(String value) {
        String trimmed = value.strip();
        return SECONDS.matcher(trimmed).matches() ? Optional.of(of(new BigDecimal(trimmed), 0)) : Optional.empty();
    }

    /** Numbers with units from hours to nanoseconds, such as {@code 6m0s}, {@code 34.5s} or {@code 120ms}. */
    public static Optional<Duration> units(String value) {
        String trimmed = value.strip();
        Matcher parts = UNITS.matcher(trimmed);
        Duration sum = Duration.ZERO;
        int at = 0;
        while (at < trimmed.length()) {
            if (!parts.find(at) || parts.start() != at) {
                return Optional.empty();
            }
            sum = sum.plus(of(parts.group(1), parts.group(2)));
            at = parts.end();
        }
        return trimmed.isEmpty() ? Optional.empty() : Optional.of(bounded(sum));
    }

    private static Duration of(String number, String unit) {
        BigDecimal value = new BigDecimal(number);
        return switch (unit) {
            case "h" -> of(value.multiply(BigDecimal.valueOf(3600)), 0);
            case "m" -> of(value.multiply(BigDecimal.valueOf(60)), 0);
            case "ms" -> of(value, 3);
            case "us", "µs" -> of(value, 6);
            case "ns" -> of(value, 9);
            default -> of(value, 0);
        };
    }

    /** @param scale decimal digits from seconds to the value's unit */
    private static Duration of(BigDecimal value, int scale) {
        // why rounded up: none is to come sooner than told
        BigDecimal nanos = value.movePointRight(9 - scale).setScale(0, RoundingMode.CEILING);
        return nanos.compareTo(BigDecimal.valueOf(MOST.toNanos())) >= 0 ? MOST : Duration.ofNanos(nanos.longValue());
    }

    private static Duration bounded(Duration time) {
        if (time.isNegative()) {
            return Duration.ZERO;
        }
        return time.compareTo(MOST) > 0 ? MOST : time;
    }
}
