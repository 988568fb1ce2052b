package org.mcpagentic.publicmcp.ask;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;
import org.mcpagentic.agent.model.ModelConfig;
import org.mcpagentic.agent.model.Models;
import org.mcpagentic.agent.model.offline.OfflineModel;

/** The model that answers. */
class ModelBean {

    private static final Logger LOG = Logger.getLogger(ModelBean.class);

    @Produces
    @Singleton
    Models models(ModelConfig config) {
        LOG.infof("model chosen model=%s", config.model().orElse(OfflineModel.NAME));
        return Models.only(new OfflineModel());
    }
}
