package org.mcpagentic.models.catalogue;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.mcpagentic.models.flow.ModelMetrics;

/** The catalogue as a bean of a service. */
@Singleton
class CatalogueBeans {

    private static final Logger LOG = Logger.getLogger(CatalogueBeans.class);

    /** @throws ConfigurationException where the models cannot be used as they are configured; Quarkus shows its message alone */
    @Produces
    @Singleton
    Catalogue catalogue(CatalogueConfig config, Vertx vertx, ModelMetrics metrics) {
        try {
            return new Catalogue(config, new ProviderClients(vertx, Clock.systemUTC()), metrics);
        } catch (IllegalStateException | IllegalArgumentException e) {
            // why without its cause: Quarkus looks at the innermost one, and shows all others with their stack traces
            throw new ConfigurationException(e.getMessage());
        }
    }

    @Produces
    @Singleton
    ModelMetrics metrics(MeterRegistry registry) {
        return new ModelMetrics(registry);
    }

    /** A catalogue that contradicts itself stops the start, not the first task. */
    void start(@Observes StartupEvent event, Catalogue catalogue) {
        String fallback = catalogue.descriptions().stream()
                .filter(ModelDescription::chosen)
                .findFirst()
                .map(model -> String.join(",", model.fallback()))
                .orElse("");
        LOG.infof(
                "model chosen model=%s fallback=%s ready=%s",
                catalogue.chosen().name(),
                Optional.of(fallback).filter(names -> !names.isEmpty()).orElse("none"),
                String.join(",", catalogue.names()));
    }
}
