package org.mcpagentic.custommcp.remote;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import org.mcpagentic.agent.tool.Tool;
import org.mcpagentic.agent.tool.ToolContext;
import org.mcpagentic.agent.tool.ToolSpec;
import org.mcpagentic.custommcp.remote.definition.Definition;

/** An approved tool of an external server. */
final class RemoteTool implements Tool {

    private final RemoteServer server;
    private final Definition definition;
    private final ToolSpec spec;

    RemoteTool(RemoteServer server, Definition definition, ToolSpec spec) {
        this.server = server;
        this.definition = definition;
        this.spec = spec;
    }

    @Override
    public ToolSpec spec() {
        return spec;
    }

    @Override
    public Uni<String> call(ObjectNode arguments, ToolContext context) {
        return server.call(definition, arguments, context.threads());
    }
}
