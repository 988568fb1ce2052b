package org.mcpagentic.models.planted;

import org.mcpagentic.edge.access.Caller;

/** Breaks a rule on purpose: models know what stands before a service. */
record PlantedEdgeUser(Caller caller) {}
