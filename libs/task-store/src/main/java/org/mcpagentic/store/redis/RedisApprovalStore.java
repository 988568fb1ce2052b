package org.mcpagentic.store.redis;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.mcpagentic.store.Approval;
import org.mcpagentic.store.ApprovalDecision;
import org.mcpagentic.store.ApprovalId;
import org.mcpagentic.store.ApprovalPage;
import org.mcpagentic.store.ApprovalStatus;
import org.mcpagentic.store.ApprovalStore;
import org.mcpagentic.store.OwnerId;
import org.mcpagentic.store.StoreException;
import org.mcpagentic.store.StoreException.Code;
import org.mcpagentic.store.TaskHistory;
import org.mcpagentic.store.TaskId;
import org.mcpagentic.store.TaskStore;
import org.mcpagentic.store.TenantId;

/** Approvals in Redis. */
final class RedisApprovalStore implements ApprovalStore {

    private final Scripts scripts;
    private final Shards shards;
    private final StoreConfig config;
    private final ApprovalCodec codec;
    private final TaskStore tasks;

    RedisApprovalStore(Scripts scripts, Shards shards, StoreConfig config, ApprovalCodec codec, TaskStore tasks) {
        this.scripts = scripts;
        this.shards = shards;
        this.config = config;
        this.codec = codec;
        this.tasks = tasks;
    }

    @Override
    public Uni<Approval> read(TenantId tenant, ApprovalId id) {
        if (!shards.knows(id.value())) {
            return Uni.createFrom().failure(Shards.unknownApproval());
        }
        return scripts.command(Command.HGETALL, Key.APPROVAL.in(shards.of(id), id.value()))
                .map(reply -> {
                    Map<String, String> fields = Replies.hash(reply);
                    if (!tenant.value().equals(fields.get("tenant"))) {
                        throw Shards.unknownApproval();
                    }
                    return codec.approval(id, fields);
                });
    }

    @Override
    public Uni<List<Approval>> ofTask(TenantId tenant, TaskId task) {
        return tasks.read(tenant, task)
                .map(TaskHistory::approvals)
                .onFailure(failure -> is(failure, Code.TASK_NOT_FOUND))
                .recoverWithItem(List.of());
    }

    @Override
    public Uni<ApprovalPage> list(TenantId tenant, Optional<ApprovalStatus> status, OptionalLong before, int limit) {
        if (limit < 1 || limit > 200) {
            throw new IllegalArgumentException("a page has 1 to 200 approvals");
        }
        boolean pending = status.equals(Optional.of(ApprovalStatus.PENDING));
        Arguments arguments = Arguments.of(
                        pending ? "pending" : "approvals",
                        tenant.value(),
                        pending ? "" : status.map(ApprovalStatus::wireName).orElse(""))
                .and(before.isPresent() ? Long.toString(before.getAsLong()) : "")
                .and(limit);
        return scripts.run(shards.of(tenant), Script.LIST, arguments.list()).map(this::page);
    }

    private ApprovalPage page(Response reply) {
        String next = reply.get(0).toString();
        return new ApprovalPage(
                codec.approvals(reply, 1),
                next.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(next)));
    }

    @Override
    public Uni<Approval> decide(TenantId tenant, OwnerId by, ApprovalId id, String nonce, ApprovalDecision decision) {
        // why in two steps: what an approval asks for never changes, and is sealed from the script
        return read(tenant, id).chain(asked -> {
            if (decision instanceof ApprovalDecision.Approve approve
                    && !approve.digest().equals(asked.arguments().digest())) {
                throw changed();
            }
            return settle(tenant, by, id, nonce, decision);
        });
    }

    private Uni<Approval> settle(TenantId tenant, OwnerId by, ApprovalId id, String nonce, ApprovalDecision decision) {
        Arguments arguments = Arguments.of(
                config.audit() ? "1" : "0",
                id.value(),
                tenant.value(),
                by.value(),
                nonce,
                status(decision).wireName(),
                decision instanceof ApprovalDecision.ApproveEdited edit ? Long.toString(edit.revision()) : "",
                codec.words(tenant, id, decision));
        return scripts.run(shards.of(id), Script.APPROVAL_DECIDE, arguments.list())
                .chain(reply -> switch (reply.get(0).toString()) {
                    case "ok" -> read(tenant, id);
                    case "approval_decided" -> read(tenant, id).map(decided -> asDecided(decided, decision));
                    default -> Uni.createFrom().failure(Replies.refusal(reply));
                });
    }

    /** The approval where the same was decided before. */
    private static Approval asDecided(Approval approval, ApprovalDecision decision) {
        if (decision.ledTo(approval.state())) {
            return approval;
        }
        if (decision instanceof ApprovalDecision.ApproveEdited edit && edit.revision() != approval.revision()) {
            throw changed();
        }
        throw new StoreException(
                Code.APPROVAL_DECIDED, "the approval is " + approval.status().wireName());
    }

    private static StoreException changed() {
        return new StoreException(Code.APPROVAL_CHANGED, "the approval is another one by now");
    }

    private static ApprovalStatus status(ApprovalDecision decision) {
        return switch (decision) {
            case ApprovalDecision.Approve approve -> ApprovalStatus.APPROVED;
            case ApprovalDecision.ApproveEdited edit -> ApprovalStatus.APPROVED;
            case ApprovalDecision.Refuse refuse -> ApprovalStatus.REFUSED;
        };
    }

    private static boolean is(Throwable failure, Code code) {
        return failure instanceof StoreException refusal && refusal.code() == code;
    }
}
