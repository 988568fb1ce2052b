package org.mcpagentic.agent.model;

/** What a turn that failed is taken to have used. */
public final class FailedTurn {

    private FailedTurn() {}

    /**
     * What the failure says; else nothing where the provider refused to work, and the reading of the prompt where it may have worked.
     *
     * @param reserved the most that the turn may have used
     */
    public static Usage spent(ModelException failure, Usage reserved) {
        if (!failure.usage().equals(Usage.NONE)) {
            return failure.usage();
        }
        return switch (failure.kind()) {
            case TRANSIENT, UNUSABLE, BLOCKED -> reading(reserved);
            case RESTING, RATE_LIMITED, QUOTA_EXHAUSTED, KEY_REFUSED, TOO_LONG, PERMANENT -> Usage.NONE;
        };
    }

    private static Usage reading(Usage whole) {
        long tokens = Math.max(1, whole.inputTokens() + whole.outputTokens());
        return new Usage(whole.inputTokens(), 0, whole.costMicros() * whole.inputTokens() / tokens);
    }
}
