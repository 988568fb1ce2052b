package org.mcpagentic.custommcp.remote.registry;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mcpagentic.custommcp.remote.definition.Definition;

/** Keeps added servers and what is approved of all; all fail with {@link org.mcpagentic.store.StoreException}. */
public interface RemoteStore {

    /** Most servers of one tenant. */
    int MOST_OF_TENANT = 32;

    /** Most servers of all. */
    int MOST = 1_024;

    /** Most tools that are known of one server, those among them that it no longer lists and were approved once. */
    int MOST_TOOLS = 256;

    /**
     * All added servers.
     *
     * @param version counts all changes of servers and approvals
     */
    record Snapshot(long version, List<ServerSpec> servers) {

        public Snapshot {
            servers = List.copyOf(servers);
        }
    }

    /**
     * What is known of a server's tools.
     *
     * @param version differs after every change of them
     * @param tools by the server's names for them
     */
    record Pins(long version, Map<String, Pin> tools) {

        public Pins {
            tools = Map.copyOf(tools);
        }
    }

    /** What became of adding a server. */
    enum Added {
        ADDED,
        /** There is one of the name. */
        TAKEN,
        /** There are as many as there may be. */
        TOO_MANY
    }

    /** What became of an approval. */
    enum Approved {
        APPROVED,
        /** There is no such tool. */
        UNKNOWN,
        /** The tool's newest definition has another hash. */
        OUTDATED
    }

    /** All added servers, where anything has changed since that version. */
    Uni<Optional<Snapshot>> load(long known);

    Uni<Added> add(ServerSpec server);

    /** Forgets a server and all that was approved of it; whether there was one. */
    Uni<Boolean> remove(ServerId id);

    /** What is known of a server's tools, where anything has changed since that version, -1 for none. */
    Uni<Optional<Pins>> pins(ServerId id, long known);

    /**
     * Writes down what a server lists now: what was approved stays, what differs from it waits. What was never approved and is
     * no longer listed is forgotten. Fails with {@link org.mcpagentic.store.StoreException.Code#STORE_FULL} where there is no
     * room for what is new; what was approved and differs counts as missing then.
     *
     * @param trustFirst whether all of a server that was never looked at is approved by this
     * @return the tools that wait since now
     */
    Uni<List<String>> see(ServerId id, boolean trustFirst, List<Definition> listed);

    /** Approves what a tool was last seen as, if that still has the hash; also a second time. */
    Uni<Approved> approve(ServerId id, String tool, String hash);
}
