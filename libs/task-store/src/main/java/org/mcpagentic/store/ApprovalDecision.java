package org.mcpagentic.store;

/** What a person says to a request for approval. */
public sealed interface ApprovalDecision {

    /**
     * The call is made as it was asked for.
     *
     * @param digest of the arguments that were shown
     */
    record Approve(String digest) implements ApprovalDecision {}

    /**
     * The call is made with other arguments.
     *
     * @param arguments instead of those that were asked for
     * @param revision of the approval that was shown
     */
    record ApproveEdited(CallArguments arguments, long revision) implements ApprovalDecision {}

    /**
     * The call is not made.
     *
     * @param reason what the model reads, may be empty
     */
    record Refuse(String reason) implements ApprovalDecision {}

    /** Whether an approval in this state was decided like this. */
    default boolean ledTo(ApprovalState state) {
        return switch (this) {
            case Approve approve ->
                state instanceof ApprovalState.Approved approved
                        && !approved.edited()
                        && approved.arguments().digest().equals(approve.digest());
            case ApproveEdited edit ->
                state instanceof ApprovalState.Approved approved
                        && approved.arguments().digest().equals(edit.arguments().digest());
            case Refuse refuse ->
                state instanceof ApprovalState.Refused refused
                        && refused.reason().equals(refuse.reason());
        };
    }
}
