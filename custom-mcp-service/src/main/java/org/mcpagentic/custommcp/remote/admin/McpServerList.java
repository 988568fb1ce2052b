package org.mcpagentic.custommcp.remote.admin;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** External servers. */
@RegisterForReflection
@Schema(name = "McpServerList")
public record McpServerList(List<McpServerDocument> items) {}
