package org.mcpagentic.custommcp.admin;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.mcpagentic.access.AccessConfig;
import org.mcpagentic.access.audit.AuditLog;
import org.mcpagentic.access.credential.ApiKey;
import org.mcpagentic.access.credential.ApiKeys;
import org.mcpagentic.access.token.Token;
import org.mcpagentic.store.OwnerId;
import org.mcpagentic.store.redis.RedisStore;

/** Makes the key that the configuration names, as soon as the store is open: by it all others are made. */
@ApplicationScoped
class FirstKey {

    private static final Logger LOG = Logger.getLogger(FirstKey.class);
    private static final OwnerId CONFIGURATION = new OwnerId("configuration");

    private final AccessConfig config;
    private final ApiKeys keys;
    private final AuditLog audit;
    private final RedisStore store;
    private Optional<Cancellable> making = Optional.empty();

    FirstKey(AccessConfig config, ApiKeys keys, AuditLog audit, RedisStore store) {
        this.config = config;
        this.keys = keys;
        this.audit = audit;
        this.store = store;
    }

    void start(@Observes StartupEvent event) {
        if (config.enabled()) {
            making = config.firstKey().map(FirstKey::token).map(this::ensured).map(this::patiently);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        making.ifPresent(Cancellable::cancel);
    }

    /** @throws IllegalStateException if it is not one; the message does not show it */
    static Token token(String text) {
        return Token.parse(text.strip())
                .filter(token -> token.kind() == Token.Kind.KEY)
                .orElseThrow(() -> new IllegalStateException(
                        "access.first-key (ACCESS_FIRST_KEY) is not the whole token of an API key"));
    }

    private Uni<Optional<ApiKey>> ensured(Token token) {
        try {
            return keys.ensure(token);
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("access.first-key (ACCESS_FIRST_KEY) cannot be used: " + e.getMessage(), e);
        }
    }

    private Cancellable patiently(Uni<Optional<ApiKey>> ensured) {
        return store.open()
                .chain(() -> ensured)
                .call(made -> made.map(key -> audit.append(KeyEvents.created(CONFIGURATION, key)))
                        .orElseGet(() -> Uni.createFrom().voidItem()))
                // why not then: the store itself says what is wrong with it, and stops the service
                .onFailure(failure -> !(failure instanceof IllegalStateException))
                .retry()
                .withBackOff(Duration.ofMillis(200), Duration.ofSeconds(2))
                .indefinitely()
                .subscribe()
                .with(
                        made -> made.ifPresent(key -> LOG.infof("the first key is made key=%s", key.id())),
                        failure -> LOG.errorf("the first key is not made: %s", failure.getMessage()));
    }
}
