package org.mcpagentic.access.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.mcpagentic.access.Limits;
import org.mcpagentic.access.Principal;
import org.mcpagentic.access.Rights;
import org.mcpagentic.access.token.Token;
import org.mcpagentic.store.OwnerId;
import org.mcpagentic.store.StoreException;
import org.mcpagentic.store.TenantId;

class CachedCredentialsTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
    private static final Token TOKEN = Token.random(Token.Kind.KEY, 0);

    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicReference<Instant> now = new AtomicReference<>(START);
    private Uni<Optional<Principal>> answer = Uni.createFrom().item(Optional.of(principal(Optional.empty())));

    @Test
    void whatIsKnownIsBelievedForATime() {
        CachedCredentials credentials = cached(SECOND);
        verify(credentials, TOKEN);
        now.set(START.plusMillis(999));

        assertThat(verify(credentials, TOKEN)).isPresent();

        assertThat(asked).hasValue(1);
    }

    @Test
    void aRevocationTakesEffectWithinTheTime() {
        CachedCredentials credentials = cached(SECOND);
        verify(credentials, TOKEN);
        answer = Uni.createFrom().item(Optional.empty());
        now.set(START.plus(SECOND));

        assertThat(verify(credentials, TOKEN)).isEmpty();
    }

    @Test
    void aRefusalIsBelievedTooAndNoLonger() {
        CachedCredentials credentials = cached(SECOND);
        Uni<Optional<Principal>> known = answer;
        answer = Uni.createFrom().item(Optional.empty());
        verify(credentials, TOKEN);
        answer = known;

        assertThat(verify(credentials, TOKEN)).isEmpty();
        now.set(START.plus(SECOND));
        assertThat(verify(credentials, TOKEN)).isPresent();
    }

    @Test
    void anotherSecretIsAnotherToken() {
        CachedCredentials credentials = cached(SECOND);
        verify(credentials, TOKEN);

        verify(credentials, TOKEN.renewed());

        assertThat(asked).hasValue(2);
    }

    @Test
    void whatExpiresMeanwhileIsNotBelieved() {
        CachedCredentials credentials = cached(Duration.ofSeconds(60));
        answer = Uni.createFrom().item(Optional.of(principal(Optional.of(START.plusSeconds(5)))));
        assertThat(verify(credentials, TOKEN)).isPresent();
        now.set(START.plusSeconds(5));

        assertThat(verify(credentials, TOKEN)).isEmpty();
    }

    @Test
    void aClockThatIsSetBackMakesNothingLastLonger() {
        CachedCredentials credentials = cached(SECOND);
        verify(credentials, TOKEN);
        now.set(START.minusSeconds(3600));

        verify(credentials, TOKEN);

        assertThat(asked).hasValue(2);
    }

    @Test
    void thoseWhoAskAtTheSameTimeShareOneQuestion() {
        CachedCredentials credentials = cached(SECOND);
        List<UniEmitter<? super Optional<Principal>>> pending = new ArrayList<>();
        answer = Uni.createFrom().emitter(waiting -> pending.add(waiting));
        List<Optional<Principal>> answers = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            credentials.verify(TOKEN).subscribe().with(answers::add);
        }

        pending.forEach(waiting -> waiting.complete(Optional.of(principal(Optional.empty()))));

        assertThat(asked).hasValue(1);
        assertThat(answers).hasSize(50).allMatch(Optional::isPresent);
    }

    @Test
    void anOutageIsToldToAllWhoWaitAndForgotten() {
        CachedCredentials credentials = cached(SECOND);
        Uni<Optional<Principal>> known = answer;
        answer = Uni.createFrom().failure(new StoreException(StoreException.Code.STORE_UNAVAILABLE, "away"));
        assertThatThrownBy(() -> verify(credentials, TOKEN)).isInstanceOf(StoreException.class);
        answer = known;

        assertThat(verify(credentials, TOKEN)).isPresent();
    }

    @Test
    void withoutATimeEachQuestionIsAsked() {
        CachedCredentials credentials = cached(Duration.ZERO);
        verify(credentials, TOKEN);

        verify(credentials, TOKEN);

        assertThat(asked).hasValue(2);
    }

    @Test
    void theOldestAreForgottenWhereThereAreTooMany() {
        CachedCredentials credentials = cached(SECOND);
        Token second = Token.random(Token.Kind.KEY, 0);
        verify(credentials, TOKEN);
        verify(credentials, second);
        for (int i = 0; i < CachedCredentials.MOST - 1; i++) {
            verify(credentials, Token.random(Token.Kind.KEY, 0));
        }
        asked.set(0);

        verify(credentials, second);
        verify(credentials, TOKEN);

        assertThat(asked).hasValue(1);
    }

    @Test
    void aKindThatNobodyKnowsIsRefused() {
        assertThat(verify(cached(SECOND), Token.random(Token.Kind.SESSION, 0))).isEmpty();
        assertThat(asked).hasValue(0);
    }

    private CachedCredentials cached(Duration time) {
        Credentials counting = token -> Uni.createFrom().deferred(() -> {
            asked.incrementAndGet();
            return answer;
        });
        return new CachedCredentials(Map.of(Token.Kind.KEY, counting), time, now::get);
    }

    private static Optional<Principal> verify(Credentials credentials, Token token) {
        return credentials.verify(token).await().atMost(SECOND);
    }

    private static Principal principal(Optional<Instant> expires) {
        return new Principal(
                TenantId.DEFAULT,
                new OwnerId("k0-0000000000000000"),
                Principal.Kind.KEY,
                Rights.NONE,
                Limits.NONE,
                Optional.empty(),
                expires);
    }
}
