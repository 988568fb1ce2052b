package org.mcpagentic.custommcp.tools.memory;

import io.smallrye.mutiny.Uni;
import java.util.function.Supplier;
import org.mcpagentic.agent.tool.ToolFailure;
import org.mcpagentic.store.MemoryKey;
import org.mcpagentic.store.StoreException;

/** Tells a model why the memory did not do what it was asked to, so that it can repair or report it. */
public final class Refusals {

    private Refusals() {}

    /** Makes something of a call's arguments; what the store's types refuse becomes a failure that the model reads. */
    public static <T> T read(Supplier<T> arguments) {
        try {
            return arguments.get();
        } catch (IllegalArgumentException refusal) {
            throw new ToolFailure(String.valueOf(refusal.getMessage()));
        }
    }

    public static MemoryKey key(String text) {
        return read(() -> new MemoryKey(text));
    }

    /** The same, with what the store refuses said to the model. */
    public static <T> Uni<T> told(Uni<T> asked) {
        return asked.onFailure(StoreException.class).transform(Refusals::inWords);
    }

    private static RuntimeException inWords(StoreException refusal) {
        return switch (refusal.code()) {
            case MEMORY_FULL ->
                new ToolFailure(
                        refusal.getMessage() + "; nothing was changed; forget with memory_delete what is not needed");
            case STORE_FULL -> new ToolFailure("the store takes nothing new at the moment; nothing was changed");
            case STORE_UNAVAILABLE ->
                new ToolFailure("the memory does not answer at the moment; whether this call took effect is unknown");
            case TASK_NOT_FOUND,
                    RESPONSE_NOT_FOUND,
                    APPROVAL_NOT_FOUND,
                    APPROVAL_CHANGED,
                    APPROVAL_DECIDED,
                    ILLEGAL_TRANSITION,
                    STEP_SETTLED,
                    TASK_PURGED,
                    IDEMPOTENCY_MISMATCH,
                    IDEMPOTENCY_IN_FLIGHT,
                    GUARD_REFUSED,
                    STALE_CLAIM,
                    JOURNAL_FULL -> refusal;
        };
    }
}
