package org.mcpagentic.mcp.planted;

import org.mcpagentic.agent.tool.Toolbox;

/** Breaks a rule on purpose: the protocol knows the loop. */
record PlantedLoopUser(Toolbox toolbox) {}
