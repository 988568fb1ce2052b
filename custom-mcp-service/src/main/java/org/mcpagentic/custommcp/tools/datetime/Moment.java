package org.mcpagentic.custommcp.tools.datetime;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.zone.ZoneRules;
import java.util.Optional;

/** A point of the calendar, as far as it was said. */
sealed interface Moment {

    /** The date, as it is in the zone that it was said in. */
    LocalDate date();

    /** The instant; a date's is its start. */
    ZonedDateTime start();

    /** What there is to say about it, such as a local time that a clock change skips. */
    Optional<String> note();

    /** A day without a time. */
    record Day(LocalDate date, ZoneId zone) implements Moment {
        @Override
        public ZonedDateTime start() {
            return date.atStartOfDay(zone);
        }

        @Override
        public Optional<String> note() {
            return Optional.empty();
        }
    }

    /** A time of a day. */
    record Time(ZonedDateTime start, Optional<String> note) implements Moment {
        @Override
        public LocalDate date() {
            return start.toLocalDate();
        }
    }

    static Moment at(Instant instant, ZoneId zone) {
        return new Time(instant.atZone(zone), Optional.empty());
    }

    /** A time on the wall clock, which a clock change may skip or repeat. */
    static Moment local(LocalDateTime wallClock, ZoneId zone) {
        ZoneRules rules = zone.getRules();
        Optional<String> note = switch (rules.getValidOffsets(wallClock).size()) {
            case 0 ->
                Optional.of(wallClock + " is skipped in " + zone + " by a clock change; the time after it was taken");
            case 1 -> Optional.empty();
            default ->
                Optional.of(wallClock + " happens twice in " + zone + " by a clock change; the earlier was taken");
        };
        return new Time(wallClock.atZone(zone), note);
    }
}
