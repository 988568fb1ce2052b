package org.mcpagentic.publicmcp.ask;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.mcpagentic.agent.model.LanguageModel;
import org.mcpagentic.agent.model.offline.OfflineModel;

/** The model that answers. */
class ModelBean {

    @Produces
    @Singleton
    LanguageModel model() {
        return new OfflineModel();
    }
}
