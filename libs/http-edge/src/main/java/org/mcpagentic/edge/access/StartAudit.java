package org.mcpagentic.edge.access;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.mcpagentic.access.AccessConfig;
import org.mcpagentic.access.AccessSecret;
import org.mcpagentic.access.audit.AuditLog;
import org.mcpagentic.access.audit.StartEvent;

/** Writes down with which settings a service starts, as soon as Redis answers. */
@ApplicationScoped
class StartAudit {

    private static final Duration FIRST_RETRY = Duration.ofMillis(500);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(10);

    private Optional<Cancellable> writing = Optional.empty();

    void start(
            @Observes StartupEvent event,
            AccessConfig config,
            Instance<AuditLog> log,
            Instance<AccessSecret> secret,
            @ConfigProperty(name = "quarkus.application.name") String service) {
        if (config.enabled()) {
            String instance = Optional.ofNullable(System.getenv("HOSTNAME")).orElse("");
            writing = Optional.of(Uni.createFrom()
                    .deferred(
                            () -> log.get().append(StartEvent.of(service, instance, SetSettings.read(), secret.get())))
                    .onFailure()
                    .retry()
                    .withBackOff(FIRST_RETRY, LONGEST_RETRY)
                    .indefinitely()
                    .subscribe()
                    .with(done -> {}));
        }
    }

    void stop(@Observes ShutdownEvent event) {
        writing.ifPresent(Cancellable::cancel);
    }
}
