package org.mcpagentic.bench.queue;

import java.util.Optional;

/** What is measured, in the order in which it is shown, with the target of the design for ours against the peer. */
enum Figure {
    CPU("Redis CPU per no-op task, create to result", "us", "<= 1/2", 0.5, 0),
    THROUGHPUT("no-op tasks end to end per second", "/s", ">= 2.5x", 0, 2.5),
    P50("latency create to result at 1,000/s, p50", "ms", "<= 1/6", 1 / 6.0, 0),
    P99("latency create to result at 1,000/s, p99", "ms", "<= 1/5", 0.2, 0),
    RECOVERY("restart of a killed worker's tasks, median", "s", "<= 5 s", 0, 0),
    RECOVERY_MAX("restart of a killed worker's tasks, slowest", "s", "<= 5 s", 0, 0),
    DURABLE_CREATES("creates per second, ours fsynced, peer not", "/s", ">= 0.9x", 0, 0.9),
    CALLS("commands sent to Redis per task", "", "", 0, 0),
    COMMANDS("commands run by Redis per task, in scripts too", "", "", 0, 0),
    IDLE("commands of an idle worker per second and shard", "/s", "<= 2 /s", 0, 0);

    private final String title;
    private final String unit;
    private final String target;
    private final double most;
    private final double least;

    Figure(String title, String unit, String target, double most, double least) {
        this.title = title;
        this.unit = unit;
        this.target = target;
        this.most = most;
        this.least = least;
    }

    String title() {
        return title;
    }

    String unit() {
        return unit;
    }

    String target() {
        return target;
    }

    /** Whether the target is met; nothing where none was set, or no figure came. */
    Optional<Boolean> met(double ours, double peer) {
        if (target.isEmpty() || Double.isNaN(ours)) {
            return Optional.empty();
        }
        if (most == 0 && least == 0) {
            return Optional.of(ours <= (this == IDLE ? 2 : 5));
        }
        if (Double.isNaN(peer)) {
            return Optional.empty();
        }
        double ratio = ours / peer;
        return Optional.of(most > 0 ? ratio <= most : ratio >= least);
    }
}
