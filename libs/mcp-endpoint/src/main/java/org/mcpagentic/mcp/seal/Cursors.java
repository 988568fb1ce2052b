package org.mcpagentic.mcp.seal;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.mcpagentic.access.AccessSecret;
import org.mcpagentic.edge.access.Caller;
import org.mcpagentic.mcp.McpError;

/** Where a list goes on, as clients carry it: good for one caller and one list. */
@ApplicationScoped
public class Cursors {

    private final Seal seal;

    Cursors(AccessSecret secret) {
        seal = new Seal(secret.key("mcp-cursor"));
    }

    /** The cursor behind a place. */
    public String close(Caller caller, String list, String place) {
        return seal.close(binding(caller, list), place);
    }

    /**
     * The place that a client's cursor stands for.
     *
     * @throws McpError {@code -32602} where the caller was given no such cursor for this list
     */
    public Optional<String> open(Caller caller, String list, Optional<String> cursor) {
        return cursor.map(text -> seal.open(binding(caller, list), text)
                .orElseThrow(() -> McpError.invalidParams("the cursor is none that this list gave")));
    }

    private static String binding(Caller caller, String list) {
        return caller.tenant() + "\n" + caller.owner() + "\n" + list;
    }
}
