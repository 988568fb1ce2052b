package org.mcpagentic.publicmcp.mcp;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.mcpagentic.mcp.ServerIdentity;

/** Who this service is to MCP clients. */
class Identity {

    @Produces
    @Singleton
    ServerIdentity identity(@ConfigProperty(name = "quarkus.application.version") String version) {
        return new ServerIdentity(
                "public-mcp-service",
                "MCP Agentic AI Server: questions",
                version,
                Optional.empty(),
                List.of(),
                "The tool ask puts one question to a language model and returns its answer. Questions are not remembered:"
                        + " each has to hold all that is needed to answer it.");
    }
}
