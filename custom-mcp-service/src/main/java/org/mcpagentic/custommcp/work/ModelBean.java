package org.mcpagentic.custommcp.work;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.mcpagentic.agent.model.LanguageModel;
import org.mcpagentic.agent.model.offline.OfflineModel;

/** The model that works on tasks. */
class ModelBean {

    @Produces
    @Singleton
    LanguageModel model() {
        return new OfflineModel();
    }
}
