package org.mcpagentic.mcp.session;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mcpagentic.edge.access.Caller;

/**
 * Where answers lie that reached another replica than the one that waits for them. Fails with
 * {@link org.mcpagentic.store.StoreException}.
 */
public interface Mailbox {

    /**
     * A client's answer.
     *
     * @param result absent where it answered with an error
     */
    record Mail(Optional<ObjectNode> result) {}

    /**
     * What came for requests of one session.
     *
     * @param cancelled those that the client cancelled
     * @param answers by the ids of the server's requests; those that were not there yet are missing
     */
    record Delivery(Set<String> cancelled, Map<String, Mail> answers) {

        public Delivery {
            cancelled = Set.copyOf(cancelled);
            answers = Map.copyOf(answers);
        }
    }

    /** Makes room for answers, before they are asked for. */
    Uni<Void> expect(Caller caller, String session, List<String> ids, Duration life);

    /**
     * Puts an answer in.
     *
     * @return whether somebody expects it in that session of the caller's, and it was not answered before
     */
    Uni<Boolean> deliver(Caller caller, String session, String id, Mail mail);

    /** Notes that a client cancelled a request of its own. */
    Uni<Void> cancel(Caller caller, String session, String request);

    /**
     * What is there.
     *
     * @param requests of the client's, whose cancellation matters
     * @param ids of the server's requests, whose answers matter
     */
    Uni<Delivery> collect(Caller caller, String session, List<String> requests, List<String> ids);
}
