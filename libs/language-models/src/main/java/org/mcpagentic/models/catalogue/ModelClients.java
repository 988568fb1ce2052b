package org.mcpagentic.models.catalogue;

import org.mcpagentic.agent.model.LanguageModel;

/** Makes the client of a catalogued model. */
@FunctionalInterface
interface ModelClients {

    /** @param key the provider's key, empty where it needs none */
    LanguageModel client(String name, CatalogueConfig.Entry entry, String key);
}
