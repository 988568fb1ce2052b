package org.mcpagentic.custommcp.approvals;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.mcpagentic.agent.approval.CanonicalArguments;
import org.mcpagentic.store.Approval;
import org.mcpagentic.store.ApprovalState;
import org.mcpagentic.store.CallArguments;
import org.mcpagentic.store.OwnerId;

/** A request for approval on the wire. What it does not have is left out. */
@RegisterForReflection
@Schema(name = "Approval")
public record ApprovalDocument(
        String approvalId,
        String taskId,
        int step,
        String toolName,

        @Schema(
                enumeration = {"read_only", "idempotent", "non_idempotent"},
                description = "what a call of the tool does to the world")
        String sideEffects,

        @Schema(description = "what the call is asked for with; an object")
        JsonNode arguments,

        @Schema(description = "SHA-256 of the arguments in canonical form")
        String digest,

        @Schema(enumeration = {"pending", "approved", "refused", "expired", "withdrawn"})
        String status,

        Instant requestedAt,
        Instant expiresAt,

        @Schema(description = "what If-Match names; the same as the ETag")
        long revision,

        Optional<Instant> decidedAt,
        Optional<String> decidedBy,

        @Schema(description = "what the model reads of a refusal")
        Optional<String> reason,

        @Schema(description = "what the call is made with instead of the arguments")
        Optional<JsonNode> editedArguments,

        Optional<String> editedDigest) {

    public static ApprovalDocument of(Approval approval) {
        ApprovalState state = approval.state();
        Optional<CallArguments> edited = state instanceof ApprovalState.Approved approved && approved.edited()
                ? Optional.of(approved.arguments())
                : Optional.empty();
        return new ApprovalDocument(
                approval.id().value(),
                approval.task().value(),
                approval.step(),
                approval.toolName(),
                approval.sideEffects(),
                json(approval.arguments()),
                approval.arguments().digest(),
                approval.status().wireName(),
                approval.requestedAt(),
                approval.expiresAt(),
                approval.revision(),
                decidedAt(state),
                decidedBy(state).map(OwnerId::value),
                state instanceof ApprovalState.Refused refused
                        ? Optional.of(refused.reason()).filter(reason -> !reason.isEmpty())
                        : Optional.empty(),
                edited.map(ApprovalDocument::json),
                edited.map(CallArguments::digest));
    }

    private static JsonNode json(CallArguments arguments) {
        return CanonicalArguments.intact(arguments)
                .orElseThrow(() -> new IllegalStateException("stored arguments do not belong to their digest"));
    }

    private static Optional<Instant> decidedAt(ApprovalState state) {
        return switch (state) {
            case ApprovalState.Pending pending -> Optional.empty();
            case ApprovalState.Approved approved -> Optional.of(approved.at());
            case ApprovalState.Refused refused -> Optional.of(refused.at());
            case ApprovalState.Expired expired -> Optional.of(expired.at());
            case ApprovalState.Withdrawn withdrawn -> Optional.of(withdrawn.at());
        };
    }

    private static Optional<OwnerId> decidedBy(ApprovalState state) {
        return switch (state) {
            case ApprovalState.Approved approved -> Optional.of(approved.by());
            case ApprovalState.Refused refused -> Optional.of(refused.by());
            case ApprovalState.Pending pending -> Optional.empty();
            case ApprovalState.Expired expired -> Optional.empty();
            case ApprovalState.Withdrawn withdrawn -> Optional.empty();
        };
    }
}
