package org.mcpagentic.store.redis;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.mcpagentic.store.Creation;
import org.mcpagentic.store.Guard;
import org.mcpagentic.store.Idempotency;
import org.mcpagentic.store.NewTask;
import org.mcpagentic.store.OwnerId;
import org.mcpagentic.store.Progress.StepEntry;
import org.mcpagentic.store.StoreException;
import org.mcpagentic.store.Task;
import org.mcpagentic.store.TaskEvent;
import org.mcpagentic.store.TaskHistory;
import org.mcpagentic.store.TaskId;
import org.mcpagentic.store.TaskPage;
import org.mcpagentic.store.TaskSpec;
import org.mcpagentic.store.TaskState;
import org.mcpagentic.store.TaskStatus;
import org.mcpagentic.store.TaskStore;
import org.mcpagentic.store.TaskUsage;
import org.mcpagentic.store.TenantId;

/** Tasks in Redis, one script per operation. */
final class RedisTaskStore implements TaskStore {

    private final Scripts scripts;
    private final Shards shards;
    private final EventHub hub;
    private final StoreConfig config;
    private final TaskCodec codec;
    private final ApprovalCodec approvals;

    RedisTaskStore(
            Scripts scripts,
            Shards shards,
            EventHub hub,
            StoreConfig config,
            TaskCodec codec,
            ApprovalCodec approvals) {
        this.scripts = scripts;
        this.shards = shards;
        this.hub = hub;
        this.config = config;
        this.codec = codec;
        this.approvals = approvals;
    }

    @Override
    public Uni<Creation> create(NewTask task) {
        return create(task, "", 0);
    }

    @Override
    public Uni<Creation> repeat(NewTask task, int fromStep) {
        TaskId source = task.spec().retryOf().orElseThrow(() -> new IllegalArgumentException("it repeats no task"));
        if (fromStep < 1) {
            throw new IllegalArgumentException("steps count from 1");
        }
        if (!shards.knows(source.value())) {
            return Uni.createFrom().failure(Shards.unknownTask());
        }
        return create(task, source.value(), fromStep);
    }

    private Uni<Creation> create(NewTask task, String source, int fromStep) {
        TaskSpec spec = task.spec();
        TaskId id = shards.newTaskId(spec.tenant());
        Arguments arguments = Arguments.of(
                        audited(),
                        id.value(),
                        spec.tenant().value(),
                        spec.owner().value(),
                        spec.session().value(),
                        task.userAgent(),
                        spec.priority().wireName(),
                        codec.privatePart(id, spec),
                        TaskCodec.publicPart(spec))
                .and(Replies.micros(config.unrunExpiry()))
                .and(task.enqueue() ? 1 : 0)
                .and(task.idempotency().map(key -> key.scope()).orElse(""))
                .and(task.idempotency().map(key -> key.fingerprint()).orElse(""))
                .and(spec.timeout().map(Replies::micros).orElse(0L))
                .and(source)
                .and(fromStep)
                .guards(task.guards());
        return scripts.run(shards.of(spec.tenant()), Script.CREATE, arguments.list())
                .chain(reply -> switch (reply.get(0).toString()) {
                    case "created" ->
                        Uni.createFrom()
                                .item(new Creation(
                                        asCreated(
                                                id,
                                                spec,
                                                Replies.instant(reply.get(1).toString()),
                                                task.enqueue()),
                                        false,
                                        Replies.allowance(reply.get(2), reply.get(3))));
                    case "replayed" ->
                        replay(spec.tenant(), new TaskId(reply.get(1).toString()), task.enqueue());
                    default -> Uni.createFrom().failure(Replies.refusal(reply));
                });
    }

    @Override
    public Uni<Optional<Creation>> madeBefore(TenantId tenant, Idempotency idempotency, boolean enqueued) {
        return scripts.command(Command.GET, Key.IDEM.in(shards.of(tenant), tenant.value() + ":" + idempotency.scope()))
                .chain(reply -> {
                    if (reply == null) {
                        return Uni.createFrom().item(Optional.<Creation>empty());
                    }
                    String[] known = reply.toString().split(" ", 2);
                    if (!known[1].equals(idempotency.fingerprint())) {
                        throw Replies.mismatch();
                    }
                    return replay(tenant, new TaskId(known[0]), enqueued).map(Optional::of);
                });
    }

    private Uni<Creation> replay(TenantId tenant, TaskId id, boolean enqueued) {
        return read(tenant, id)
                .map(history -> {
                    Task task = history.task();
                    return new Creation(asCreated(id, task.spec(), task.createdAt(), enqueued), true, Optional.empty());
                })
                .onFailure(RedisTaskStore::isUnknown)
                .transform(unknown -> new StoreException(
                        StoreException.Code.TASK_PURGED,
                        "the first request with this idempotency key made the task " + id
                                + ", which is no longer kept"));
    }

    private static boolean isUnknown(Throwable failure) {
        return failure instanceof StoreException refusal && refusal.code() == StoreException.Code.TASK_NOT_FOUND;
    }

    private static Task asCreated(TaskId id, TaskSpec spec, Instant at, boolean enqueued) {
        return new Task(
                id,
                spec,
                enqueued ? new TaskState.Queued() : new TaskState.Created(),
                0,
                at,
                enqueued ? Optional.of(at) : Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                enqueued ? spec.timeout().map(at::plus) : Optional.empty(),
                List.of(),
                TaskUsage.NONE);
    }

    @Override
    public Uni<TaskStatus> enqueue(TenantId tenant, TaskId id, List<Guard> guards) {
        Arguments arguments = Arguments.of(id.value(), tenant.value()).guards(guards);
        return status(onShardOf(id, Script.ENQUEUE, arguments.list()));
    }

    @Override
    public Uni<TaskStatus> cancel(TenantId tenant, OwnerId by, TaskId id) {
        Arguments arguments = Arguments.of(audited(), id.value(), tenant.value(), by.value());
        return status(onShardOf(id, Script.CANCEL, arguments.list()));
    }

    private String audited() {
        return config.audit() ? "1" : "0";
    }

    private static Uni<TaskStatus> status(Uni<Response> answer) {
        return answer.map(reply -> {
            if (!reply.get(0).toString().equals("ok")) {
                throw Replies.refusal(reply);
            }
            return TaskStatus.ofWireName(reply.get(1).toString());
        });
    }

    @Override
    public Uni<TaskStatus> resolve(
            TenantId tenant, OwnerId by, TaskId id, String decision, int step, Optional<StepEntry> outcome) {
        Arguments arguments = Arguments.of(audited(), id.value(), tenant.value(), by.value())
                .and(step)
                .and(decision)
                .and(config.journalBytes())
                .and(outcome.map(entry -> codec.outcome(tenant, entry)).orElse(""))
                .and(outcome.map(StepEntry::tool).orElse(""));
        return status(onShardOf(id, Script.RESOLVE, arguments.list()));
    }

    @Override
    public Uni<TaskHistory> read(TenantId tenant, TaskId id) {
        return onShardOf(
                        id,
                        Script.READ,
                        Arguments.of(id.value(), tenant.value()).list())
                .map(reply -> {
                    if (reply.size() == 0) {
                        throw Shards.unknownTask();
                    }
                    return new TaskHistory(
                            codec.task(id, Replies.map(reply.get(0))),
                            codec.journal(tenant, Replies.map(reply.get(1))),
                            reply.get(2).toLong(),
                            approvals.approvals(reply.get(3), 0));
                });
    }

    @Override
    public Uni<TaskPage> list(TenantId tenant, Optional<TaskStatus> status, OptionalLong before, int limit) {
        return list("index", tenant, status, before, limit);
    }

    @Override
    public Uni<TaskPage> deadLetters(TenantId tenant, OptionalLong before, int limit) {
        return list("dead", tenant, Optional.empty(), before, limit);
    }

    private Uni<TaskPage> list(
            String order, TenantId tenant, Optional<TaskStatus> status, OptionalLong before, int limit) {
        if (limit < 1 || limit > 200) {
            throw new IllegalArgumentException("a page has 1 to 200 tasks");
        }
        Arguments arguments = Arguments.of(
                        order, tenant.value(), status.map(TaskStatus::wireName).orElse(""))
                .and(before.isPresent() ? Long.toString(before.getAsLong()) : "")
                .and(limit);
        return scripts.run(shards.of(tenant), Script.LIST, arguments.list()).map(this::page);
    }

    private TaskPage page(Response reply) {
        List<Task> tasks = new ArrayList<>();
        for (int i = 1; i < reply.size(); i++) {
            Response row = reply.get(i);
            tasks.add(codec.task(new TaskId(row.get(0).toString()), Replies.map(row.get(1))));
        }
        String next = reply.get(0).toString();
        return new TaskPage(tasks, next.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(next)));
    }

    @Override
    public Uni<List<TaskEvent>> eventsAfter(TaskId id, long number) {
        if (!shards.knows(id.value())) {
            return Uni.createFrom().failure(Shards.unknownTask());
        }
        return scripts.command(Command.LRANGE, Key.EVENTS.in(shards.of(id), id.value()), Long.toString(number), "-1")
                .map(reply -> {
                    List<TaskEvent> events = new ArrayList<>(reply.size());
                    for (int i = 0; i < reply.size(); i++) {
                        events.add(event(number + i + 1, reply.get(i).toString()));
                    }
                    return events;
                });
    }

    private static TaskEvent event(long number, String stored) {
        String[] parts = stored.split(" ", 3);
        return new TaskEvent(number, parts[0], Replies.instant(parts[1]), Integer.parseInt(parts[2]));
    }

    @Override
    public Multi<News> newsOf(TaskId id) {
        return hub.newsOf(id);
    }

    private Uni<Response> onShardOf(TaskId id, Script script, List<String> arguments) {
        if (!shards.knows(id.value())) {
            return Uni.createFrom().failure(Shards.unknownTask());
        }
        return scripts.run(shards.of(id), script, arguments);
    }
}
