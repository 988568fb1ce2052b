package org.mcpagentic.agent.planted;

import org.mcpagentic.edge.access.Caller;

/** Breaks a rule on purpose: thinking knows transport. */
record PlantedHttpUser(Caller caller) {}
