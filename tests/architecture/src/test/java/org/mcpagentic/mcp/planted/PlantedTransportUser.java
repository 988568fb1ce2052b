package org.mcpagentic.mcp.planted;

import io.vertx.core.http.HttpServerRequest;

/** Breaks a rule on purpose: what is offered knows how it is asked for. */
record PlantedTransportUser(HttpServerRequest request) {}
