package org.mcpagentic.custommcp.tools.datetime;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.util.Locale;
import java.util.Optional;
import org.mcpagentic.agent.tool.ToolFailure;

/**
 * What can be asked of the calendar, answered as JSON.
 *
 * @param now the present
 * @param zone where today is, and what times without an offset are in
 */
public record Calendar(Instant now, ZoneId zone) {

    /** A calendar for a zone of the IANA database. */
    public static Calendar in(String zone, Instant now) {
        return new Calendar(now.truncatedTo(ChronoUnit.SECONDS), Zones.named(zone));
    }

    public ObjectNode present() {
        return describe(now.atZone(zone));
    }

    /** The same instant on another zone's clock. */
    public ObjectNode convert(String dateTime, String toZone) {
        Moment moment = read(dateTime);
        ZoneId target = Zones.named(toZone);
        ObjectNode result = object();
        result.set("from", describe(moment.start()));
        result.set("to", describe(inYears(moment.start().withZoneSameInstant(target))));
        return noted(result, moment.note());
    }

    /** The time from one moment to another: in total per unit, and by the calendar. Negative when it goes back. */
    public ObjectNode difference(String from, String to) {
        Moment start = read(from);
        Moment end = read(to);
        boolean days = start instanceof Moment.Day && end instanceof Moment.Day;
        // why: between two dates every day has 24 hours, between two times a clock change counts
        ZonedDateTime first = days ? start.date().atStartOfDay(ZoneOffset.UTC) : start.start();
        ZonedDateTime last =
                (days ? end.date().atStartOfDay(ZoneOffset.UTC) : end.start()).withZoneSameInstant(first.getZone());
        Duration elapsed = Duration.between(first, last);
        ObjectNode result = object();
        result.put("from", days ? start.date().toString() : DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(first));
        result.put("to", days ? end.date().toString() : DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(last));
        ObjectNode total = result.putObject("total");
        total.put("weeks", inUnits(elapsed, ChronoUnit.WEEKS));
        total.put("days", inUnits(elapsed, ChronoUnit.DAYS));
        total.put("hours", inUnits(elapsed, ChronoUnit.HOURS));
        total.put("minutes", inUnits(elapsed, ChronoUnit.MINUTES));
        total.put("seconds", inUnits(elapsed, ChronoUnit.SECONDS));
        Period period = wholeDays(first, last);
        Duration rest = Duration.between(first.plus(period), last);
        ObjectNode calendar = result.putObject("calendar");
        calendar.put("years", period.getYears());
        calendar.put("months", period.getMonths());
        calendar.put("days", period.getDays());
        if (!days) {
            calendar.put("hours", rest.toHours());
            calendar.put("minutes", rest.toMinutesPart());
            calendar.put("seconds", rest.toSecondsPart());
        }
        return noted(noted(result, start.note()), end.note());
    }

    /** Years, months and days that lie wholly between two times of one zone. */
    private static Period wholeDays(ZonedDateTime first, ZonedDateTime last) {
        long months = ChronoUnit.MONTHS.between(first, last);
        long days = ChronoUnit.DAYS.between(first.plusMonths(months), last);
        return Period.of((int) (months / 12), (int) (months % 12), (int) days);
    }

    private static BigDecimal inUnits(Duration elapsed, ChronoUnit unit) {
        BigDecimal units = BigDecimal.valueOf(elapsed.toSeconds())
                .divide(BigDecimal.valueOf(unit.getDuration().toSeconds()), 6, RoundingMode.HALF_UP);
        // why: 2 rather than 2.000000, and 100 rather than 1E+2
        return units.signum() == 0
                ? BigDecimal.ZERO
                : new BigDecimal(units.stripTrailingZeros().toPlainString());
    }

    /** A moment so many units later, or earlier with a negative amount. A day plus days stays a day. */
    public ObjectNode add(String dateTime, int amount, ChronoUnit unit) {
        Moment moment = read(dateTime);
        try {
            ObjectNode result = object();
            if (moment instanceof Moment.Day day && unit.isDateBased()) {
                result.put("from", day.date().toString());
                result.set("result", describe(inYears(day.date().plus(amount, unit))));
            } else {
                result.set("from", describe(moment.start()));
                result.set("result", describe(inYears(moment.start().plus(amount, unit))));
            }
            return noted(result, moment.note());
        } catch (DateTimeException | ArithmeticException e) {
            throw new ToolFailure("the result is beyond the years 1 to 9999");
        }
    }

    /** What there is to know about a day. */
    public ObjectNode info(String dateTime) {
        Moment moment = read(dateTime);
        LocalDate date = moment.date();
        ObjectNode result = describe(date);
        result.put("month", date.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH));
        result.put("quarter", date.get(IsoFields.QUARTER_OF_YEAR));
        result.put("day_of_year", date.getDayOfYear());
        result.put("iso_week", DateTimeFormatter.ISO_WEEK_DATE.format(date).substring(0, 8));
        result.put("days_in_month", date.lengthOfMonth());
        result.put("leap_year", date.isLeapYear());
        result.put("days_from_today", ChronoUnit.DAYS.between(LocalDate.ofInstant(now, zone), date));
        return noted(result, moment.note());
    }

    private Moment read(String written) {
        return new MomentReader(now, zone).read(written);
    }

    private static ZonedDateTime inYears(ZonedDateTime time) {
        MomentReader.requireYear(time.getYear());
        return time;
    }

    private static LocalDate inYears(LocalDate date) {
        MomentReader.requireYear(date.getYear());
        return date;
    }

    private static ObjectNode describe(LocalDate date) {
        return object().put("date", date.toString())
                .put("weekday", date.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH));
    }

    private static ObjectNode describe(ZonedDateTime time) {
        return describe(time.toLocalDate())
                .put("time", DateTimeFormatter.ISO_LOCAL_TIME.format(time))
                .put("zone", time.getZone().getId())
                .put(
                        "utc_offset",
                        time.getOffset().getTotalSeconds() == 0
                                ? "+00:00"
                                : time.getOffset().getId())
                .put("date_time", DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time))
                .put("utc", DateTimeFormatter.ISO_INSTANT.format(time));
    }

    private static ObjectNode noted(ObjectNode result, Optional<String> note) {
        note.ifPresent(text -> result.put("note", text));
        return result;
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
