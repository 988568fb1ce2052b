package org.mcpagentic.chaosreplica;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.mcpagentic.agent.tool.SideEffects;
import org.mcpagentic.agent.tool.Tool;
import org.mcpagentic.agent.tool.ToolContext;
import org.mcpagentic.agent.tool.ToolSpec;

/** Puts an entry into the ledger; the same call again changes nothing. */
@ApplicationScoped
public class LedgerPutTool implements Tool {

    private static final String NAME = "ledger_put";

    private static final ToolSpec SPEC = Ledger.tool(
            NAME, "Puts an entry into the ledger; the same call again changes nothing.", SideEffects.IDEMPOTENT);

    private final Ledger ledger;

    LedgerPutTool(Ledger ledger) {
        this.ledger = ledger;
    }

    @Override
    public ToolSpec spec() {
        return SPEC;
    }

    @Override
    public Uni<String> call(ObjectNode arguments, ToolContext context) {
        return ledger.execute(NAME, arguments, context);
    }
}
