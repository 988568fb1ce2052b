package org.mcpagentic.store;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.mcpagentic.agent.tool.Toolbox;

/** Breaks rules on purpose: the domain knows a JSON library, and what builds on it. */
record PlantedInTheDomain(ObjectMapper json, Toolbox toolbox) {}
