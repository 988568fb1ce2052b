package org.mcpagentic.publicmcp.planted;

import org.mcpagentic.custommcp.Routes;

/** Breaks a rule on purpose: a service knows another. */
record PlantedSibling(Routes routes) {}
