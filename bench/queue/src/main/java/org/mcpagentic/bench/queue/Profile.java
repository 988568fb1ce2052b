package org.mcpagentic.bench.queue;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.mcpagentic.localredis.LocalRedis;
import org.mcpagentic.store.Claim;
import org.mcpagentic.store.ClaimedTask;
import org.mcpagentic.store.Ending;
import org.mcpagentic.store.Progress;
import org.mcpagentic.store.Progress.StepEntry;
import org.mcpagentic.store.Pulse;
import org.mcpagentic.store.TaskId;
import org.mcpagentic.store.TaskStore;
import org.mcpagentic.store.TaskUsage;
import org.mcpagentic.store.TenantId;
import org.mcpagentic.store.WorkQueue;

/**
 * What each script costs Redis: every script alone, through the store's own ports, with a subscriber that listens as a
 * replica does. Redis' own statistics give the time in the script and in each command that it runs; what is left is Lua.
 */
final class Profile {

    private static final AtomicLong NUMBERS = new AtomicLong();

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int AT_ONCE = 64;
    private static final String WORKER = "profiler";

    private final LocalRedis redis;
    private final int tasks;
    private final StringBuilder text = new StringBuilder();
    private String acknowledged = "";

    Profile(LocalRedis redis, int tasks) {
        this.redis = redis;
        this.tasks = tasks;
    }

    String run() {
        redis.command("FLUSHALL", "SYNC");
        try (OpenedStore opened = OpenedStore.on(redis.url())) {
            TaskStore store = opened.store().tasks();
            WorkQueue queue = opened.store().queue();
            text.append(String.format(
                    Locale.ROOT,
                    "%-22s %8s %10s %10s %10s %10s%n",
                    "script",
                    "calls",
                    "CPU us",
                    "script us",
                    "commands us",
                    "Lua us"));

            List<TaskId> ids = new ArrayList<>();
            phase(
                    "create",
                    tasks,
                    () -> ids.addAll(all(IntStream.range(0, tasks).boxed().toList(), i -> create(store))));
            List<ClaimedTask> claimed = new ArrayList<>();
            phase("tick, claiming 64", tasks, () -> claimAll(queue, 64, claimed));
            List<Claim> claims = claimed.stream().map(ClaimedTask::claim).toList();
            phase("advance, one intent", tasks, () -> all(claims, claim -> queue.advance(claim, intent())));
            phase(
                    "end, one outcome",
                    tasks,
                    () -> all(claims, claim -> queue.end(claim, outcome(), new Ending.Succeeded(NoOpModel.ANSWER))));
            phase("read", tasks, () -> all(ids, id -> store.read(TenantId.DEFAULT, id)));
            phase("events (no script)", tasks, () -> all(ids, id -> store.eventsAfter(id, 0)));
            int few = Math.max(tasks / 4, 1);
            all(IntStream.range(0, few).boxed().toList(), i -> create(store));
            phase("tick, claiming 1", few, () -> claimAll(queue, 1, claimed));
            phase("tick, idle", few, () -> IntStream.range(0, few).forEach(i -> tick(queue, 0)));
        }
        return text.toString();
    }

    private static Uni<TaskId> create(TaskStore store) {
        return store.create(OpenedStore.noOp()).map(creation -> creation.task().id());
    }

    private void claimAll(WorkQueue queue, int capacity, List<ClaimedTask> claimed) {
        List<ClaimedTask> some = tick(queue, capacity).claimed();
        while (!some.isEmpty()) {
            claimed.addAll(some);
            some = tick(queue, capacity).claimed();
        }
    }

    private Pulse tick(WorkQueue queue, int capacity) {
        Pulse pulse = queue.tick(0, WORKER, capacity, UUID.randomUUID().toString(), acknowledged)
                .await()
                .atMost(PATIENCE);
        acknowledged = pulse.acknowledge();
        return pulse;
    }

    private static Progress intent() {
        return progress(List.of(), List.of(new StepEntry(1, "{\"kind\":\"model\"}", "")), TaskUsage.NONE);
    }

    private static Progress outcome() {
        return progress(
                List.of(new StepEntry(1, "{\"kind\":\"answer\",\"model\":\"no-op\",\"text\":\"done\"}", "")),
                List.of(),
                new TaskUsage(10, 2, 1, 1, 0));
    }

    private static Progress progress(List<StepEntry> outcomes, List<StepEntry> intents, TaskUsage used) {
        return new Progress(
                NUMBERS.incrementAndGet(), outcomes, intents, used, List.of(), List.of(), Duration.ofMinutes(10));
    }

    private static <T, R> List<R> all(List<T> items, Function<T, Uni<R>> act) {
        return Multi.createFrom()
                .iterable(items)
                .onItem()
                .transformToUni(act::apply)
                .merge(AT_ONCE)
                .collect()
                .asList()
                .await()
                .atMost(PATIENCE);
    }

    private void phase(String name, int units, Runnable act) {
        Spent before = Spent.at(redis);
        act.run();
        Spent spent = Spent.at(redis).since(before);
        Spent.Calls scripts = spent.scripts();
        double commands = 0;
        List<String> parts = new ArrayList<>();
        for (var entry : spent.byCommand().entrySet().stream()
                .sorted(Comparator.comparingDouble(each -> -each.getValue().micros()))
                .toList()) {
            if (List.of("eval", "evalsha", "info").contains(entry.getKey())) {
                continue;
            }
            Spent.Calls calls = entry.getValue();
            commands += calls.micros();
            parts.add(String.format(
                    Locale.ROOT,
                    "%s %.2f x %.2f = %.2f",
                    entry.getKey(),
                    calls.count() / units,
                    calls.microsEach(),
                    calls.micros() / units));
        }
        text.append(String.format(
                Locale.ROOT,
                "%-22s %8.0f %10.2f %10.2f %10.2f %10.2f%n",
                name,
                scripts.count(),
                spent.cpuMicros() / units,
                scripts.micros() / units,
                commands / units,
                Math.max(0, scripts.micros() - commands) / units));
        text.append("    ").append(String.join(", ", parts)).append('\n');
    }
}
