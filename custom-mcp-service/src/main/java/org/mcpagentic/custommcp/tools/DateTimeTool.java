package org.mcpagentic.custommcp.tools;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.mcpagentic.agent.tool.SideEffects;
import org.mcpagentic.agent.tool.Tool;
import org.mcpagentic.agent.tool.ToolContext;
import org.mcpagentic.agent.tool.ToolFailure;
import org.mcpagentic.agent.tool.ToolSpec;
import org.mcpagentic.custommcp.tools.datetime.Calendar;

/** Answers questions about dates, times and zones. */
@ApplicationScoped
public class DateTimeTool implements Tool {

    private static final ToolSpec SPEC = new ToolSpec(
            "date_time",
            "Knows the present date and time, converts between time zones, tells the time between two dates, adds to a date, "
                    + "and describes a day (weekday, ISO week, day of the year).",
            Json.object("""
                    {
                      "$schema": "https://json-schema.org/draft/2020-12/schema",
                      "type": "object",
                      "properties": {
                        "operation": {
                          "type": "string",
                          "maxLength": 20,
                          "enum": ["now", "convert", "difference", "add", "info"],
                          "description": "now: the present in zone. convert: date_time in zone, to to_zone. difference: from one moment to another, in total and by the calendar; from today where from is left out. add: amount of unit to date_time. info: weekday, ISO week and more of the day date_time."
                        },
                        "date_time": {
                          "type": "string",
                          "maxLength": 64,
                          "description": "For convert, add and info. A date 2027-03-01, a time of a date 2027-03-01T18:00 with or without an offset, a time of today 18:00, the next occurrence of a day --12-25, the next monday, now, today, tomorrow, yesterday, or such a day with a time: tomorrow 18:00.",
                          "examples": ["2027-03-01", "2026-12-24T18:00", "today"]
                        },
                        "from": {"type": "string", "maxLength": 64, "description": "For difference; written like date_time.", "examples": ["today"]},
                        "to": {"type": "string", "maxLength": 64, "description": "For difference; written like date_time.", "examples": ["--12-25"]},
                        "amount": {
                          "type": "integer",
                          "minimum": -100000000,
                          "maximum": 100000000,
                          "description": "For add; negative goes back.",
                          "examples": [90]
                        },
                        "unit": {
                          "type": "string",
                          "maxLength": 20,
                          "enum": ["seconds", "minutes", "hours", "days", "weeks", "months", "years"],
                          "description": "For add."
                        },
                        "zone": {
                          "type": "string",
                          "maxLength": 64,
                          "default": "UTC",
                          "description": "IANA time zone that today and times without an offset are in.",
                          "examples": ["Europe/Berlin"]
                        },
                        "to_zone": {
                          "type": "string",
                          "maxLength": 64,
                          "description": "For convert: IANA time zone to convert to.",
                          "examples": ["Asia/Tokyo"]
                        }
                      },
                      "required": ["operation"],
                      "additionalProperties": false
                    }
                    """),
            SideEffects.READ_ONLY,
            Duration.ofSeconds(2),
            2_000);

    private static final List<String> OPTIONAL = List.of("date_time", "from", "to", "amount", "unit", "to_zone");

    private final Clock clock;

    DateTimeTool(Clock clock) {
        this.clock = clock;
    }

    @Override
    public ToolSpec spec() {
        return SPEC;
    }

    @Override
    public Uni<String> call(ObjectNode arguments, ToolContext context) {
        return Uni.createFrom().item(() -> answer(arguments));
    }

    private String answer(ObjectNode untrusted) {
        Arguments arguments = Arguments.of(untrusted, SPEC);
        String operation = arguments.text("operation");
        Calendar calendar = Calendar.in(arguments.optionalText("zone").orElse("UTC"), clock.instant());
        ObjectNode result = switch (operation) {
            case "now" -> {
                requireOnly(arguments, operation, List.of());
                yield calendar.present();
            }
            case "convert" -> {
                requireOnly(arguments, operation, List.of("date_time", "to_zone"));
                yield calendar.convert(arguments.text("date_time"), arguments.text("to_zone"));
            }
            case "difference" -> {
                requireOnly(arguments, operation, List.of("from", "to"));
                String to = arguments.text("to");
                yield calendar.difference(arguments.optionalText("from").orElse("today"), to);
            }
            case "add" -> {
                requireOnly(arguments, operation, List.of("date_time", "amount", "unit"));
                int amount = arguments
                        .optionalInteger("amount")
                        .orElseThrow(() -> new ToolFailure("the argument \"amount\" is missing"));
                yield calendar.add(arguments.text("date_time"), amount, unit(arguments.text("unit")));
            }
            case "info" -> {
                requireOnly(arguments, operation, List.of("date_time"));
                yield calendar.info(arguments.text("date_time"));
            }
            default ->
                throw new ToolFailure("there is no operation \"" + operation
                        + "\"; there are now, convert, difference, add and info");
        };
        return result.toString();
    }

    /** Refuses what the operation would silently ignore. */
    private static void requireOnly(Arguments arguments, String operation, List<String> allowed) {
        for (String name : OPTIONAL) {
            if (arguments.has(name) && !allowed.contains(name)) {
                throw new ToolFailure("the operation \"%s\" takes no \"%s\"; it takes zone%s"
                        .formatted(
                                operation,
                                name,
                                String.join(
                                        "",
                                        allowed.stream()
                                                .map(other -> ", " + other)
                                                .toList())));
            }
        }
    }

    private static ChronoUnit unit(String name) {
        return switch (name) {
            case "seconds", "minutes", "hours", "days", "weeks", "months", "years" ->
                ChronoUnit.valueOf(name.toUpperCase(Locale.ROOT));
            default ->
                throw new ToolFailure("there is no unit \"" + name
                        + "\"; there are seconds, minutes, hours, days, weeks, months and years");
        };
    }
}
