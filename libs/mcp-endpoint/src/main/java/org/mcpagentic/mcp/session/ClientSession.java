package org.mcpagentic.mcp.session;

import java.util.List;
import java.util.Optional;
import org.mcpagentic.mcp.ClientCapabilities;
import org.mcpagentic.mcp.ClientLog;

/**
 * What a client of an earlier revision said when it began, and since.
 *
 * @param id unguessable; good for the principal alone that began it
 * @param version the revision that was agreed on
 * @param level from which on the client wants log lines; absent where it did not say
 * @param stream of the connection that takes what belongs to no request; empty where there is none
 * @param watched the resources that the client wants to hear of, in order
 */
public record ClientSession(
        String id,
        String version,
        ClientCapabilities client,
        Optional<ClientLog.Level> level,
        String stream,
        List<String> watched) {

    public ClientSession {
        watched = List.copyOf(watched);
    }
}
