package org.mcpagentic.custommcp.mcp;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.mcpagentic.mcp.ServerIdentity;

/** Who this service is to MCP clients. */
class Identity {

    @Produces
    @Singleton
    ServerIdentity identity(@ConfigProperty(name = "quarkus.application.version") String version) {
        return new ServerIdentity(
                "custom-mcp-service",
                "MCP Agentic AI Server: tasks",
                version,
                Optional.empty(),
                Icons.SERVER,
                "Durable tasks: run_task gives an agent an input and the tools that it may use, and returns its result;"
                        + " submit_task does so without waiting, get_task looks how far it is, cancel_task ends it. A task goes on"
                        + " whatever becomes of this connection or of the replica that took it. All other tools can be called"
                        + " directly, and named to a task. task://{task_id} and below it are what a task did, step by step.");
    }
}
