package org.mcpagentic.store.redis;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.mutiny.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.mcpagentic.store.Approval;
import org.mcpagentic.store.ApprovalDecision;
import org.mcpagentic.store.ApprovalId;
import org.mcpagentic.store.ApprovalState;
import org.mcpagentic.store.ApprovalStatus;
import org.mcpagentic.store.CallArguments;
import org.mcpagentic.store.OwnerId;
import org.mcpagentic.store.TaskId;
import org.mcpagentic.store.TenantId;

/**
 * Approvals as they lie in Redis. Arguments with their digest, which would tell what a guess is worth, and what a person says
 * are sealed in an {@link Envelope}.
 */
final class ApprovalCodec {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Envelope envelope;

    ApprovalCodec(Envelope envelope) {
        this.envelope = envelope;
    }

    String arguments(TenantId tenant, ApprovalId id, CallArguments arguments) {
        return envelope.seal(Place.ofApproval(tenant, id), written(arguments));
    }

    /** What a person says beside yes and no; empty for nothing. */
    String words(TenantId tenant, ApprovalId id, ApprovalDecision decision) {
        return switch (decision) {
            case ApprovalDecision.Approve approve -> "";
            case ApprovalDecision.ApproveEdited edit ->
                envelope.seal(Place.ofDecision(tenant, id), written(edit.arguments()));
            case ApprovalDecision.Refuse refuse ->
                refuse.reason().isEmpty() ? "" : envelope.seal(Place.ofDecision(tenant, id), refuse.reason());
        };
    }

    Approval approval(ApprovalId id, Map<String, String> fields) {
        TenantId tenant = new TenantId(field(fields, "tenant"));
        CallArguments arguments = read(envelope.open(Place.ofApproval(tenant, id), field(fields, "arguments")));
        return new Approval(
                id,
                new TaskId(field(fields, "task")),
                tenant,
                Integer.parseInt(field(fields, "step")),
                field(fields, "tool"),
                field(fields, "effects"),
                arguments,
                Replies.instant(field(fields, "requested")),
                Replies.instant(field(fields, "expires")),
                Long.parseLong(field(fields, "revision")),
                state(tenant, id, arguments, fields));
    }

    /** Rows of an id and the approval's fields. */
    List<Approval> approvals(Response rows, int first) {
        List<Approval> approvals = new ArrayList<>();
        for (int i = first; i < rows.size(); i++) {
            Response row = rows.get(i);
            approvals.add(approval(new ApprovalId(row.get(0).toString()), Replies.map(row.get(1))));
        }
        return approvals;
    }

    private ApprovalState state(TenantId tenant, ApprovalId id, CallArguments asked, Map<String, String> fields) {
        return switch (ApprovalStatus.ofWireName(field(fields, "state"))) {
            case PENDING -> new ApprovalState.Pending();
            case APPROVED -> {
                String words = words(tenant, id, fields);
                yield new ApprovalState.Approved(
                        new OwnerId(field(fields, "by")),
                        Replies.instant(field(fields, "decided")),
                        words.isEmpty() ? asked : read(words),
                        !words.isEmpty());
            }
            case REFUSED ->
                new ApprovalState.Refused(
                        new OwnerId(field(fields, "by")),
                        Replies.instant(field(fields, "decided")),
                        words(tenant, id, fields));
            case EXPIRED -> new ApprovalState.Expired(Replies.instant(field(fields, "decided")));
            case WITHDRAWN -> new ApprovalState.Withdrawn(Replies.instant(field(fields, "decided")));
        };
    }

    private String words(TenantId tenant, ApprovalId id, Map<String, String> fields) {
        String words = field(fields, "words");
        return words.isEmpty() ? "" : envelope.open(Place.ofDecision(tenant, id), words);
    }

    private static String written(CallArguments arguments) {
        ObjectNode node = JSON.createObjectNode();
        return node.put("digest", arguments.digest())
                .put("arguments", arguments.json())
                .toString();
    }

    private static CallArguments read(String written) {
        try {
            JsonNode node = JSON.readTree(written);
            return new CallArguments(
                    node.path("arguments").asText(), node.path("digest").asText());
        } catch (JsonProcessingException e) {
            // why not the cause: it quotes what is stored
            throw new IllegalStateException("a stored approval is not JSON");
        }
    }

    private static String field(Map<String, String> fields, String name) {
        String value = fields.get(name);
        if (value == null) {
            throw new IllegalStateException("a stored approval has no " + name);
        }
        return value;
    }
}
