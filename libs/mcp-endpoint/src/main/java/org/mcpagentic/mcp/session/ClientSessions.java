package org.mcpagentic.mcp.session;

import io.smallrye.mutiny.Uni;
import java.util.Optional;
import org.mcpagentic.edge.access.Caller;
import org.mcpagentic.mcp.ClientCapabilities;
import org.mcpagentic.mcp.ClientLog;

/**
 * Sessions of clients, known to all replicas. They end by themselves when they are not used; of another principal's all say that there is none. Fails with
 * {@link org.mcpagentic.store.StoreException}.
 */
public interface ClientSessions {

    /** Most resources that a session watches. */
    int MOST_WATCHED = 100;

    /** Begins one; where the owner has too many, the one that was unused for longest ends. */
    Uni<ClientSession> begin(Caller caller, String version, ClientCapabilities client);

    /** A session, whose time begins anew; empty where the caller has none with that id. */
    Uni<Optional<ClientSession>> use(Caller caller, String id);

    /** Says from which level on the client wants log lines. */
    Uni<Void> setLevel(Caller caller, String id, ClientLog.Level level);

    /** Makes a connection the one that takes what belongs to no request. */
    Uni<Void> setStream(Caller caller, String id, String stream);

    /**
     * Watches a resource.
     *
     * @return whether there was room for it, or it was watched already
     */
    Uni<Boolean> watch(Caller caller, String id, String uri);

    /** Watches it no more. */
    Uni<Void> unwatch(Caller caller, String id, String uri);

    /**
     * Ends one.
     *
     * @return whether the caller had one with that id
     */
    Uni<Boolean> end(Caller caller, String id);
}
