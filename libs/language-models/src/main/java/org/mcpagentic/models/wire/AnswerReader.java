package org.mcpagentic.models.wire;

import java.util.function.Consumer;
import org.mcpagentic.agent.model.ModelException;

/**
 * Reads one answer, whether it comes in one piece or as a stream of events. Always called by one thread at a time.
 *
 * @param <T> what the answer is made of
 */
public interface AnswerReader<T> {

    /**
     * Reads an event's data, or the whole body of an answer that is not a stream.
     *
     * @param out takes what is complete, to be passed on at once
     * @return whether that was the last of it, whatever else the server may send
     * @throws ModelException where the answer ends here
     */
    boolean read(String payload, Consumer<? super T> out);

    /**
     * Says what is left when the body has ended as it should.
     *
     * @throws ModelException where something is missing
     */
    void end(Consumer<? super T> out);

    /** What a refusal means. */
    ModelException refused(Refusal refusal);
}
