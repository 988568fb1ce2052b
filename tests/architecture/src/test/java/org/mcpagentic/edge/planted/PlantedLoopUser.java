package org.mcpagentic.edge.planted;

import org.mcpagentic.agent.tool.Toolbox;

/** Breaks a rule on purpose: the edge knows the loop. */
record PlantedLoopUser(Toolbox toolbox) {}
