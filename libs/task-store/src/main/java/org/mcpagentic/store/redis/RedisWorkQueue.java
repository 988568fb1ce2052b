package org.mcpagentic.store.redis;

import io.smallrye.mutiny.CompositeException;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Response;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.mcpagentic.store.ApprovalCounts;
import org.mcpagentic.store.ApprovalId;
import org.mcpagentic.store.ApprovalRequest;
import org.mcpagentic.store.ApprovalStatus;
import org.mcpagentic.store.Claim;
import org.mcpagentic.store.ClaimedTask;
import org.mcpagentic.store.EndedTasks;
import org.mcpagentic.store.Ending;
import org.mcpagentic.store.Progress;
import org.mcpagentic.store.Pulse;
import org.mcpagentic.store.QueueGauges;
import org.mcpagentic.store.StoreMemory;
import org.mcpagentic.store.TaskError;
import org.mcpagentic.store.TaskId;
import org.mcpagentic.store.TaskStatus;
import org.mcpagentic.store.TaskUsage;
import org.mcpagentic.store.TenantId;
import org.mcpagentic.store.WorkQueue;

/** The worker's side in Redis; ticks go over connections of their own. */
final class RedisWorkQueue implements WorkQueue {

    private static final Logger LOG = Logger.getLogger(RedisWorkQueue.class);

    private static final Progress NOTHING =
            new Progress(1, List.of(), List.of(), TaskUsage.NONE, List.of(), List.of(), Duration.ofSeconds(30));

    /** A replica that has the key may take it then; one that fails it for good would lose it in every roll-out. */
    private static final Ending UNREADABLE = new Ending.RetryLater(
            new TaskError("payload_unreadable", "a replica cannot open what was asked for; it lacks the key"),
            Duration.ofSeconds(30));

    // why here: the scripts that gather them have them in the same words
    private static final String TASKS = "s:";

    private static final String APPROVALS = "a:";
    private static final String ASKED = "asked";
    private static final String WAITED = "a:time";
    private static final String DEAD = "dead";
    private static final String TOOK = "time";

    private final Scripts commands;
    private final Scripts leases;
    private final Shards shards;
    private final EventHub hub;
    private final StoreConfig config;
    private final TaskCodec codec;
    private final ApprovalCodec approvals;

    RedisWorkQueue(
            Scripts commands,
            Scripts leases,
            Shards shards,
            EventHub hub,
            StoreConfig config,
            TaskCodec codec,
            ApprovalCodec approvals) {
        this.commands = commands;
        this.leases = leases;
        this.shards = shards;
        this.hub = hub;
        this.config = config;
        this.codec = codec;
        this.approvals = approvals;
    }

    @Override
    public int shards() {
        return shards.count();
    }

    @Override
    public Uni<Pulse> tick(int shard, String worker, int capacity, String nonce, String acknowledged) {
        Arguments arguments = Arguments.of(worker)
                .and(Replies.micros(config.lease()))
                .and(Math.clamp(capacity, 0, 64))
                .and(nonce)
                .and(acknowledged)
                .and(config.mostAttempts())
                .and(config.memoryWatermark());
        return leases.run(shard, Script.TICK, arguments.list()).chain(this::pulse);
    }

    @Override
    public Uni<Pulse> claim(int shard, String worker, int capacity, String nonce, String acknowledged) {
        Arguments arguments =
                Arguments.of(worker).and(Math.clamp(capacity, 0, 64)).and(nonce).and(acknowledged);
        return leases.run(shard, Script.CLAIM, arguments.list()).chain(this::pulse);
    }

    private Uni<Pulse> pulse(Response reply) {
        Set<TaskId> cancels = new HashSet<>();
        reply.get(0).forEach(id -> cancels.add(new TaskId(id.toString())));
        List<ClaimedTask> claimed = new ArrayList<>();
        List<Uni<TaskStatus>> putOff = new ArrayList<>();
        reply.get(1).forEach(row -> {
            Claim claim = claim(row);
            try {
                claimed.add(claimed(claim, row));
            } catch (UnreadableException e) {
                LOG.errorf("a claimed task cannot be opened taskId=%s reason=%s", claim.task(), e.getMessage());
                putOff.add(end(claim, NOTHING, UNREADABLE));
            }
        });
        Pulse pulse = new Pulse(claimed, cancels, reply.get(2).toString());
        return putOff.isEmpty()
                ? Uni.createFrom().item(pulse)
                : Uni.join()
                        .all(putOff)
                        .andCollectFailures()
                        .replaceWith(pulse)
                        // why: what could not be put off now is taken away at its step's deadline
                        .onFailure()
                        .recoverWithItem(pulse);
    }

    private static Claim claim(Response row) {
        return new Claim(
                new TaskId(row.get(0).toString()),
                new TenantId(row.get(5).toString()),
                row.get(1).toInteger(),
                row.get(2).toString());
    }

    private ClaimedTask claimed(Claim claim, Response row) {
        return new ClaimedTask(
                claim,
                codec.spec(
                        claim.task(),
                        row.get(5).toString(),
                        row.get(3).toString(),
                        row.get(4).toString(),
                        row.get(6).toString(),
                        row.get(7).toString(),
                        row.get(8).toString()),
                row.get(9).toInteger() == 1,
                Replies.micros(row.get(10).toString()),
                Optional.of(row.get(11).toLong())
                        .filter(left -> left >= 0)
                        .map(left -> Duration.of(left, ChronoUnit.MICROS)));
    }

    @Override
    public Uni<Boolean> advance(Claim claim, Progress progress) {
        Arguments arguments = Arguments.of(
                        config.audit() ? "1" : "0", claim.task().value(), claim.token())
                .and(Replies.micros(progress.stepDeadline()))
                .and(config.journalBytes())
                .batch(progress, claim, codec)
                .guards(progress.reserve())
                .settlements(progress.settle());
        return commands.run(shards.of(claim.task()), Script.ADVANCE, arguments.list())
                .map(reply -> switch (reply.get(0).toString()) {
                    case "ok" -> true;
                    case "cancelling" -> false;
                    default -> throw Replies.refusal(reply);
                });
    }

    @Override
    public Uni<TaskStatus> end(Claim claim, Progress last, Ending ending) {
        Arguments arguments = Arguments.of(
                        claim.task().value(),
                        claim.token(),
                        ending.transition().wireName(),
                        result(claim, ending),
                        failure(claim, ending))
                .and(Replies.micros(delay(ending)))
                .batch(last, claim, codec)
                .settlements(last.settle());
        requests(arguments, claim, ending);
        return commands.run(shards.of(claim.task()), Script.END, arguments.list())
                .map(reply -> {
                    if (!reply.get(0).toString().equals("ok")) {
                        throw Replies.refusal(reply);
                    }
                    return TaskStatus.ofWireName(reply.get(1).toString());
                });
    }

    private void requests(Arguments arguments, Claim claim, Ending ending) {
        List<ApprovalRequest> requests =
                ending instanceof Ending.Suspended suspended ? suspended.requests() : List.of();
        arguments.and(requests.size());
        for (ApprovalRequest request : requests) {
            ApprovalId id = shards.newApprovalId(claim.tenant());
            arguments
                    .and(id.value())
                    .and(request.step())
                    .and(request.toolName())
                    .and(request.sideEffects())
                    .and(approvals.arguments(claim.tenant(), id, request.arguments()))
                    .and(Replies.micros(request.expiry()));
        }
    }

    private String result(Claim claim, Ending ending) {
        return ending instanceof Ending.Succeeded(String result) ? codec.result(claim, result) : "";
    }

    private String failure(Claim claim, Ending ending) {
        return switch (ending) {
            case Ending.Failed(TaskError error) -> codec.error(claim, error);
            case Ending.RetryLater(TaskError error, Duration delay) -> codec.error(claim, error);
            case Ending.Suspended(TaskError reason, List<ApprovalRequest> requests) -> codec.error(claim, reason);
            case Ending.Succeeded succeeded -> "";
            case Ending.Released released -> "";
            case Ending.CancelConfirmed confirmed -> "";
        };
    }

    private static Duration delay(Ending ending) {
        return ending instanceof Ending.RetryLater later ? later.delay() : Duration.ZERO;
    }

    @Override
    public Multi<Integer> hints() {
        return hub.work();
    }

    @Override
    public Uni<Void> leave(String worker) {
        List<Uni<Response>> all = IntStream.range(0, shards.count())
                .mapToObj(shard -> leases.run(shard, Script.LEAVE, List.of(worker)))
                .toList();
        return Uni.join()
                .all(all)
                .andCollectFailures()
                .onFailure(CompositeException.class)
                .transform(RedisWorkQueue::firstOf)
                .replaceWithVoid();
    }

    /** Callers know the store's own failures; that other shards failed too tells them nothing. */
    private static Throwable firstOf(Throwable failure) {
        return failure instanceof CompositeException all ? all.getCauses().getFirst() : failure;
    }

    @Override
    public Uni<QueueGauges> gauges() {
        List<String> counters = Stream.of(
                        Arrays.stream(TaskStatus.values()).map(status -> TASKS + status.wireName()),
                        Arrays.stream(ApprovalStatus.values()).map(status -> APPROVALS + status.wireName()),
                        finalStatuses().map(TaskStatus::wireName),
                        Stream.of(ASKED, WAITED, DEAD, TOOK))
                .flatMap(names -> names)
                .toList();
        List<Uni<Response>> all = IntStream.range(0, shards.count())
                .mapToObj(shard -> commands.run(shard, Script.GAUGES, counters))
                .toList();
        return Uni.join().all(all).andFailFast().map(RedisWorkQueue::gauges);
    }

    private static QueueGauges gauges(List<Response> replies) {
        Map<TaskStatus, Long> tasks = new EnumMap<>(TaskStatus.class);
        Map<TaskStatus, Long> ended = new EnumMap<>(TaskStatus.class);
        Map<ApprovalStatus, Long> decided = new EnumMap<>(ApprovalStatus.class);
        long asked = 0;
        long waited = 0;
        long dead = 0;
        long took = 0;
        Duration oldest = Duration.ZERO;
        Duration oldestApproval = Duration.ZERO;
        StoreMemory memory = new StoreMemory(0, 0);
        long lost = 0;
        for (Response reply : replies) {
            Map<String, String> counts = Replies.map(reply.get(0));
            for (TaskStatus status : TaskStatus.values()) {
                tasks.merge(status, count(counts, TASKS + status.wireName()), Long::sum);
            }
            for (ApprovalStatus status : ApprovalStatus.values()) {
                decided.merge(status, count(counts, APPROVALS + status.wireName()), Long::sum);
            }
            asked += count(counts, ASKED);
            waited += count(counts, WAITED);
            finalStatuses().forEach(status -> ended.merge(status, count(counts, status.wireName()), Long::sum));
            dead += count(counts, DEAD);
            took += count(counts, TOOK);
            oldest = longer(oldest, Replies.micros(reply.get(1).toString()));
            lost += reply.get(2).toLong();
            oldestApproval = longer(oldestApproval, Replies.micros(reply.get(3).toString()));
            memory = memory.orFuller(
                    new StoreMemory(reply.get(4).toLong(), reply.get(5).toLong()));
        }
        decided.remove(ApprovalStatus.PENDING);
        return new QueueGauges(
                tasks,
                oldest,
                new EndedTasks(ended, Duration.of(took, ChronoUnit.MICROS), dead),
                lost,
                new ApprovalCounts(asked, decided, Duration.of(waited, ChronoUnit.MICROS)),
                oldestApproval,
                memory);
    }

    private static Stream<TaskStatus> finalStatuses() {
        return Arrays.stream(TaskStatus.values()).filter(TaskStatus::isFinal);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private static long count(Map<String, String> counts, String name) {
        return Long.parseLong(counts.getOrDefault(name, "0"));
    }

    @Override
    public Uni<Void> show(TaskId id, int step, String text) {
        return commands.command(Command.PUBLISH, Key.DELTA.in(shards.of(id), ""), id.value() + " " + step + " " + text)
                .replaceWithVoid();
    }

    @Override
    public Multi<Delta> deltas(TaskId id) {
        return hub.deltasOf(id);
    }
}
