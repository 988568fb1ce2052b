package org.mcpagentic.custommcp.tools.datetime;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;
import java.util.Optional;
import org.mcpagentic.agent.tool.ToolFailure;

/**
 * Reads the ways in which a moment may be written.
 *
 * @param now the present
 * @param zone where today is, and what times without an offset are in
 */
record MomentReader(Instant now, ZoneId zone) {

    private static final int MIN_YEAR = 1;
    private static final int MAX_YEAR = 9999;

    Moment read(String written) {
        String text = written.strip().toLowerCase(Locale.ROOT);
        LocalDate today = LocalDate.ofInstant(now, zone);
        Moment moment = switch (text) {
            case "now" -> Moment.at(now, zone);
            case "today" -> new Moment.Day(today, zone);
            case "tomorrow" -> new Moment.Day(today.plusDays(1), zone);
            case "yesterday" -> new Moment.Day(today.minusDays(1), zone);
            case "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday" ->
                new Moment.Day(
                        today.with(TemporalAdjusters.next(DayOfWeek.valueOf(text.toUpperCase(Locale.ROOT)))), zone);
            case String iso -> readIso(iso, today);
        };
        requireYear(moment.date().getYear());
        return moment;
    }

    private Moment readIso(String text, LocalDate today) {
        try {
            int gap = text.lastIndexOf(' ');
            if (gap > 0 && !Character.isDigit(text.charAt(0))) {
                // why: "tomorrow 18:00" and "--12-24 18:00" are a day and a time, each read for itself
                LocalDate day = read(text.substring(0, gap)).date();
                return Moment.local(day.atTime(LocalTime.parse(text.substring(gap + 1))), zone);
            }
            return isoMoment(text.replace(' ', 't'), today);
        } catch (DateTimeException e) {
            throw unreadable(text, Optional.ofNullable(e.getCause()).map(Throwable::getMessage));
        }
    }

    private Moment isoMoment(String text, LocalDate today) {
        if (text.startsWith("--")) {
            return new Moment.Day(next(MonthDay.parse(text), today), zone);
        }
        if (text.indexOf('t') < 0) {
            return text.indexOf(':') > 0
                    ? Moment.local(today.atTime(LocalTime.parse(text)), zone)
                    : new Moment.Day(LocalDate.parse(text), zone);
        }
        int time = text.indexOf('t');
        boolean offset = text.endsWith("z") || text.indexOf('+', time) > 0 || text.indexOf('-', time) > 0;
        String iso = text.toUpperCase(Locale.ROOT);
        return offset
                ? new Moment.Time(ZonedDateTime.parse(iso), Optional.empty())
                : Moment.local(LocalDateTime.parse(iso), zone);
    }

    /** The day's next occurrence, today included; 29 February waits for a leap year. */
    private static LocalDate next(MonthDay day, LocalDate today) {
        int year = today.getYear();
        while (!day.isValidYear(year) || day.atYear(year).isBefore(today)) {
            year++;
        }
        return day.atYear(year);
    }

    private static ToolFailure unreadable(String written, Optional<String> why) {
        return new ToolFailure(
                ("\"%s\" is not a date or time%s; write it as 2027-03-01, 2027-03-01T18:00, 2027-03-01T18:00:00+01:00, "
                                + "18:00, --12-25 (its next occurrence), monday (the next one), now, today, tomorrow or yesterday")
                        .formatted(
                                written, why.map(reason -> " (" + reason + ")").orElse("")));
    }

    static void requireYear(int year) {
        if (year < MIN_YEAR || year > MAX_YEAR) {
            throw new ToolFailure("years are from %d to %d".formatted(MIN_YEAR, MAX_YEAR));
        }
    }
}
