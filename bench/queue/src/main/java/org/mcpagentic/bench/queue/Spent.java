package org.mcpagentic.bench.queue;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.mcpagentic.localredis.LocalRedis;

/**
 * What Redis had spent at an instant, or between two.
 *
 * @param cpuMicros of the main thread, in user and kernel mode
 * @param commands that it ran, those within scripts included
 * @param byCommand calls and microseconds of each command, those within scripts included
 */
record Spent(double cpuMicros, double commands, Map<String, Calls> byCommand) {

    /** @param micros in all calls */
    record Calls(double count, double micros) {

        static final Calls NONE = new Calls(0, 0);

        double microsEach() {
            return count == 0 ? 0 : micros / count;
        }
    }

    static Spent at(LocalRedis redis) {
        return parse(redis.command("INFO", "everything"));
    }

    /** Reads the answer to {@code INFO everything}. */
    static Spent parse(String info) {
        Map<String, String> fields = new TreeMap<>();
        info.lines().forEach(line -> {
            int colon = line.indexOf(':');
            if (colon > 0) {
                fields.put(line.substring(0, colon), line.substring(colon + 1));
            }
        });
        Map<String, Calls> calls = new TreeMap<>();
        fields.forEach((name, value) -> {
            if (name.startsWith("cmdstat_")) {
                calls.put(
                        name.substring("cmdstat_".length()), new Calls(field(value, "calls="), field(value, "usec=")));
            }
        });
        return new Spent(
                (number(fields, "used_cpu_user_main_thread") + number(fields, "used_cpu_sys_main_thread")) * 1e6,
                number(fields, "total_commands_processed"),
                calls);
    }

    Spent since(Spent before) {
        Map<String, Calls> calls = new TreeMap<>();
        byCommand.forEach((name, now) -> {
            Calls then = before.byCommand.getOrDefault(name, Calls.NONE);
            if (now.count > then.count) {
                calls.put(name, new Calls(now.count - then.count, now.micros - then.micros));
            }
        });
        return new Spent(cpuMicros - before.cpuMicros, commands - before.commands, calls);
    }

    /** Calls of scripts, which run the other commands. */
    Calls scripts() {
        Calls sum = Calls.NONE;
        for (String name : List.of("eval", "evalsha")) {
            Calls some = byCommand.getOrDefault(name, Calls.NONE);
            sum = new Calls(sum.count + some.count, sum.micros + some.micros);
        }
        return sum;
    }

    private static double number(Map<String, String> fields, String name) {
        return Double.parseDouble(fields.getOrDefault(name, "0"));
    }

    private static double field(String stats, String name) {
        for (String part : stats.split(",", -1)) {
            if (part.startsWith(name)) {
                return Double.parseDouble(part.substring(name.length()));
            }
        }
        return 0;
    }
}
