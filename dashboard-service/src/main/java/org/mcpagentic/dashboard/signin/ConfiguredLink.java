package org.mcpagentic.dashboard.signin;

import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Optional;
import org.mcpagentic.access.AccessConfig;
import org.mcpagentic.access.session.SignInLinks;
import org.mcpagentic.access.token.Token;
import org.mcpagentic.store.OwnerId;
import org.mcpagentic.store.StoreException;

/** Makes the link that was configured good for one sign-in, as soon as Redis answers. */
@ApplicationScoped
class ConfiguredLink {
    private final AccessConfig access;
    private final SignInConfig config;
    private final SignInLinks links;
    private Optional<Cancellable> registering = Optional.empty();

    ConfiguredLink(AccessConfig access, SignInConfig config, SignInLinks links) {
        this.access = access;
        this.config = config;
        this.links = links;
    }

    void start(@Observes StartupEvent event) {
        if (access.enabled()) {
            registering = config.signInLink().map(this::register);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        registering.ifPresent(Cancellable::cancel);
    }

    private Cancellable register(String text) {
        Token link = Token.parse(text.strip())
                .filter(token -> token.kind() == Token.Kind.LINK)
                .orElseThrow(() -> new IllegalStateException("dashboard.sign-in-link is not the token of a link"));
        OwnerId key = new OwnerId(
                config.signInLinkKey()
                        .orElseThrow(
                                () -> new IllegalStateException(
                                        "dashboard.sign-in-link needs dashboard.sign-in-link-key: the id of the API key that it signs in as")));
        return Uni.createFrom()
                .deferred(() -> links.register(link, key, SignInLinks.LIFE))
                .onFailure(StoreException.class)
                .retry()
                .withBackOff(Duration.ofMillis(200), Duration.ofSeconds(2))
                .indefinitely()
                .subscribe()
                .with(
                        done -> Log.infof("sign-in link is ready link=%s", link),
                        failure -> Log.errorf(
                                "sign-in link cannot be used link=%s reason=%s", link, failure.getMessage()));
    }
}
