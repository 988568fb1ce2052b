package org.mcpagentic.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What a client said that it can do, with this request (2026-07-28) or when its session began (earlier). */
public record ClientCapabilities(ObjectNode declared) {

    /** The extension by which calls may go on as tasks. */
    public static final String TASKS = "io.modelcontextprotocol/tasks";

    public ClientCapabilities {
        declared = declared.deepCopy();
    }

    /** Whether it shows forms to a person. */
    public boolean elicitsForms() {
        JsonNode elicitation = declared.path("elicitation");
        return elicitation.isObject()
                && (elicitation.isEmpty() || elicitation.path("form").isObject());
    }

    /** Whether it sends a person to an address. */
    public boolean elicitsByUrl() {
        return declared.path("elicitation").path("url").isObject();
    }

    /** Whether it asks a model of its own. */
    public boolean samples() {
        return declared.path("sampling").isObject();
    }

    /** Whether it says which roots it works in. */
    public boolean listsRoots() {
        return declared.path("roots").isObject();
    }

    /** Whether it takes a task for an answer. */
    public boolean takesTasks() {
        return declared.path("extensions").path(TASKS).isObject();
    }
}
