package org.mcpagentic.custommcp.remote.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import org.mcpagentic.custommcp.tools.fetch.Deadline;

/** How messages get to a server and back. All methods wait, for virtual threads. */
interface Channel extends AutoCloseable {

    /** Whether each request has a status and headers of its own. */
    boolean isHttp();

    /**
     * Sends a request and waits for its response.
     *
     * @param headers beside those that every request has
     */
    Reply ask(long id, ObjectNode request, Map<String, String> headers, Deadline deadline)
            throws RemoteException, InterruptedException;

    /** Sends what has no response. */
    void tell(ObjectNode notification, Map<String, String> headers, Deadline deadline)
            throws RemoteException, InterruptedException;

    @Override
    void close();

    /**
     * What came back.
     *
     * @param status of HTTP; 200 where there is none
     * @param message the JSON-RPC response; where the status is none of success, whatever object came, if any
     * @param session what the server calls its session
     */
    record Reply(int status, Optional<JsonNode> message, Optional<String> session) {

        boolean isSuccess() {
            return status >= 200 && status < 300;
        }

        /** The code of a JSON-RPC error; 0 where it is none. */
        int errorCode() {
            return message.map(answer -> answer.path("error").path("code").asInt(0))
                    .orElse(0);
        }
    }
}
