package org.mcpagentic.chaos.plan;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.mcpagentic.chaos.plan.Fault.Direction;

/**
 * A whole run: every task and every fault with its time. The same seed, length and number of replicas give the same plan.
 *
 * @param length how long faults and new tasks go on
 */
public record Plan(long seed, Duration length, int replicas, List<Moment> faults, List<Life> lives) {

    private static final int FIRST_FAULT = 2_000;
    private static final int QUIET_END = 2_000;
    private static final int ROLL_OF_ONE = 9_000;
    private static final int BETWEEN_LIVES = 400;

    /** A fault and when it happens, from the beginning of the run. */
    public record Moment(Duration at, Fault fault) {}

    public Plan {
        faults = List.copyOf(faults);
        lives = List.copyOf(lives);
    }

    /** @param replicas 2 or more */
    public static Plan of(long seed, Duration length, int replicas) {
        if (replicas < 2) {
            throw new IllegalArgumentException("what one replica drops another has to take: 2 replicas or more");
        }
        return new Plan(
                seed,
                length,
                replicas,
                faults(new Random(seed), length, replicas),
                lives(new Random(seed ^ 0x5DEECE66DL), length));
    }

    private static List<Moment> faults(Random random, Duration length, int replicas) {
        List<Moment> faults = new ArrayList<>();
        long[] busyUntil = new long[replicas];
        long redisBusyUntil = 0;
        long rollingUntil = 0;
        long at = FIRST_FAULT;
        while (at < length.toMillis() - QUIET_END) {
            long now = at;
            int[] free = IntStream.range(0, replicas)
                    .filter(replica -> busyUntil[replica] <= now)
                    .toArray();
            int lot = random.nextInt(100);
            long pause = 800L + random.nextInt(2_500);
            if (lot >= 96 && rollingUntil <= at && length.toMillis() - at > (long) ROLL_OF_ONE * replicas) {
                faults.add(new Moment(Duration.ofMillis(at), new Fault.RollingRestart()));
                rollingUntil = at + (long) ROLL_OF_ONE * replicas;
                Arrays.fill(busyUntil, rollingUntil);
                // why: what breaks a network or Redis still may, but processes have enough to do
                pause += 4_000;
            } else if (lot >= 86 && redisBusyUntil <= at) {
                Duration away = Duration.ofMillis(200 + random.nextInt(4_000));
                faults.add(new Moment(Duration.ofMillis(at), new Fault.KillRedis(away)));
                redisBusyUntil = at + away.toMillis() + 6_000;
            } else if (free.length > 0) {
                int replica = free[random.nextInt(free.length)];
                Fault fault = onReplica(random, lot, replica);
                faults.add(new Moment(Duration.ofMillis(at), fault));
                busyUntil[replica] = at + lasting(fault);
                if (fault instanceof Fault.Kill && random.nextInt(3) == 0) {
                    // why: some kills stand alone, so that the time until work goes on is theirs
                    pause += 6_000;
                }
            }
            at += pause;
        }
        return faults;
    }

    private static Fault onReplica(Random random, int lot, int replica) {
        Duration lasting = Duration.ofMillis(1_000 + random.nextInt(7_000));
        if (lot < 22) {
            return new Fault.Kill(replica, Duration.ofMillis(random.nextInt(3_000)));
        }
        if (lot < 40) {
            return new Fault.Pause(replica, lasting);
        }
        if (lot < 47) {
            return new Fault.Cut(replica);
        }
        if (lot < 54) {
            return new Fault.Silence(replica);
        }
        if (lot < 64) {
            return new Fault.Delay(replica, Duration.ofMillis(20 + random.nextInt(1_500)), lasting);
        }
        Direction[] ways = Direction.values();
        return new Fault.BlackHole(replica, ways[random.nextInt(ways.length)], lasting);
    }

    private static long lasting(Fault fault) {
        return switch (fault) {
            case Fault.Kill kill -> kill.away().toMillis() + 8_000;
            case Fault.Pause pause -> pause.lasting().toMillis() + 1_000;
            case Fault.Delay delay -> delay.lasting().toMillis() + 500;
            case Fault.BlackHole hole -> hole.lasting().toMillis() + 1_000;
            case Fault.Cut cut -> 200;
            case Fault.Silence silence -> 4_000;
            case Fault.RollingRestart roll -> ROLL_OF_ONE;
            case Fault.KillRedis kill -> kill.away().toMillis();
        };
    }

    private static List<Life> lives(Random random, Duration length) {
        List<Life> lives = new ArrayList<>();
        long at = 0;
        for (int number = 0; at < length.toMillis(); number++) {
            lives.add(life(new Random(random.nextLong()), number, Duration.ofMillis(at)));
            at += random.nextInt(2 * BETWEEN_LIVES);
        }
        return lives;
    }

    private static Life life(Random random, int number, Duration begin) {
        boolean run = random.nextInt(100) >= 4;
        boolean cancelled = !run || random.nextInt(100) < 15;
        int again = random.nextInt(100);
        Life.Resolution[] resolutions = Life.Resolution.values();
        return new Life(
                begin,
                new TaskScript("L" + number, turns(random)),
                random.nextInt(100) < 20,
                run,
                cancelled ? Optional.of(Duration.ofMillis(random.nextInt(5_000))) : Optional.empty(),
                random.nextInt(100) < 50,
                again < 6 ? Life.Retry.FROM_START : again < 12 ? Life.Retry.FROM_STEP : Life.Retry.NONE,
                resolutions[random.nextInt(resolutions.length)],
                random.nextLong());
    }

    private static List<Turn> turns(Random random) {
        List<Turn> turns = new ArrayList<>();
        int tools = random.nextInt(4);
        for (int i = 0; i < tools; i++) {
            Duration working = random.nextInt(3) == 0 ? millis(random, 500, 4_000) : millis(random, 0, 200);
            turns.add(
                    random.nextBoolean()
                            ? Turn.append(thinking(random), working)
                            : Turn.put(thinking(random), working));
        }
        turns.add(random.nextInt(100) < 6 ? Turn.fail(thinking(random)) : Turn.answer(thinking(random)));
        if (random.nextInt(100) < 20) {
            int refused = random.nextInt(turns.size());
            turns.set(refused, turns.get(refused).afterRefusals(1 + random.nextInt(2)));
        }
        return turns;
    }

    private static Duration thinking(Random random) {
        return random.nextInt(4) == 0 ? millis(random, 1_500, 6_000) : millis(random, 50, 1_000);
    }

    private static Duration millis(Random random, int from, int to) {
        return Duration.ofMillis(from + random.nextInt(to - from));
    }

    /** The faults, one a line. */
    public String text() {
        StringBuilder text = new StringBuilder();
        faults.forEach(
                moment -> text.append("  %7.1f s  %s%n".formatted(moment.at().toMillis() / 1e3, moment.fault())));
        return text.toString();
    }
}
