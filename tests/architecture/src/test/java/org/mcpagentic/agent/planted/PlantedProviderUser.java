package org.mcpagentic.agent.planted;

import org.mcpagentic.models.flow.Prices;

/** Breaks a rule on purpose: thinking knows a provider. */
record PlantedProviderUser(Prices prices) {}
