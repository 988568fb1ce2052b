package org.mcpagentic.store;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;

/** Direct questions in two writes: admitted before the model is called, settled after. Fails with {@link StoreException}. */
public interface QuestionLedger {

    /** Evaluates idempotency and guards. */
    Uni<Admission> admit(Question question);

    /** What came of admitting a question. */
    sealed interface Admission {

        /** Go on; the id is the response's, the allowance what the question's rate has left. */
        record Admitted(ResponseId id, Optional<Allowance> allowance) implements Admission {}

        /** Was answered before, under the same idempotency key. */
        record Replayed(AiResponse response) implements Admission {}
    }

    /**
     * Keeps the answer and counts it. A repeat changes nothing.
     *
     * @return the response with its times
     */
    Uni<AiResponse> settle(ResponseId id, Question question, Answered answered, List<Progress.Settlement> settle);

    /** What the model said. */
    record Answered(String prompt, String text, String model, long inputTokens, long outputTokens, long costMicros) {}

    /**
     * Counts a question that was not answered and frees its idempotency key.
     *
     * @param cancelled whether the client went away, rather than the model failing
     */
    Uni<Void> abandon(ResponseId id, Question question, boolean cancelled, List<Progress.Settlement> settle);

    /** A kept response; {@code RESPONSE_NOT_FOUND} also for another tenant's. */
    Uni<AiResponse> find(TenantId tenant, ResponseId id);
}
