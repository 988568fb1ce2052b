package org.mcpagentic.chaosreplica;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.mcpagentic.agent.tool.SideEffects;
import org.mcpagentic.agent.tool.Tool;
import org.mcpagentic.agent.tool.ToolContext;
import org.mcpagentic.agent.tool.ToolSpec;

/** Adds an entry to the ledger; each call adds one more. */
@ApplicationScoped
public class LedgerAppendTool implements Tool {

    private static final String NAME = "ledger_append";

    private static final ToolSpec SPEC =
            Ledger.tool(NAME, "Adds an entry to the ledger; each call adds one more.", SideEffects.NON_IDEMPOTENT);

    private final Ledger ledger;

    LedgerAppendTool(Ledger ledger) {
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
