package org.mcpagentic.mcp.resource;

/** A resource holds something else than before. */
public record ResourceUpdate(String uri) {}
