package org.mcpagentic.access.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mcpagentic.access.redis.TestKeys.await;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mcpagentic.access.AccessSecret;
import org.mcpagentic.access.Limits;
import org.mcpagentic.access.Principal;
import org.mcpagentic.access.Rights;
import org.mcpagentic.access.Scope;
import org.mcpagentic.access.credential.ApiKey;
import org.mcpagentic.access.credential.IssuedKey;
import org.mcpagentic.access.credential.KeyChange;
import org.mcpagentic.access.credential.KeyId;
import org.mcpagentic.access.credential.KeyPage;
import org.mcpagentic.access.credential.NewApiKey;
import org.mcpagentic.access.token.Token;
import org.mcpagentic.store.StoreException;
import org.mcpagentic.store.TenantId;

/** What keys promise on every setting of the store. */
interface KeyContract {

    KeyChange NOTHING = new KeyChange(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    Limits LIMITS = new Limits(
            OptionalInt.of(60), OptionalInt.of(5), OptionalInt.empty(), OptionalLong.of(0), OptionalLong.of(2_500_000));

    TestKeys test();

    default TenantId tenant() {
        return test().aTenant("t-" + UUID.randomUUID());
    }

    @Test
    default void aTokenStandsForWhatItsKeyMayDo() {
        TenantId tenant = tenant();
        Instant end = test().now().plusSeconds(3600);
        NewApiKey wanted = new NewApiKey(
                tenant,
                "Bob's laptop ☕",
                Rights.of(Scope.ASK, Scope.tool("calculator")),
                LIMITS,
                Optional.of(end),
                TestKeys.ADMIN);

        IssuedKey issued = await(test().keys.create(wanted)).orElseThrow();

        assertThat(test().verify(issued.token()))
                .contains(new Principal(
                        tenant,
                        issued.key().id().owner(),
                        Principal.Kind.KEY,
                        wanted.rights(),
                        LIMITS,
                        Optional.empty(),
                        Optional.of(end)));
        assertThat(issued.key().id()).isEqualTo(KeyId.of(issued.token()));
        assertThat(issued.key().name()).isEqualTo(wanted.name());
        assertThat(issued.key().createdBy()).isEqualTo(TestKeys.ADMIN);
        assertThat(issued.key().createdAt()).isBetween(test().now().minusSeconds(5), test().now());
    }

    @Test
    default void anotherSecretIsRefusedAndCountsNotAsUse() {
        IssuedKey issued = test().aKey(tenant());

        Optional<Principal> nobody = test().verify(issued.key().id().newToken());

        assertThat(nobody).isEmpty();
        assertThat(find(issued).lastUsedAt()).isEmpty();
    }

    @Test
    default void anUnknownIdIsRefused() {
        assertThat(test().verify(Token.random(Token.Kind.KEY, 0))).isEmpty();
        assertThat(test().verify(Token.random(Token.Kind.KEY, 1023))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(value = Token.Kind.class, names = "KEY", mode = EnumSource.Mode.EXCLUDE)
    default void otherKindsOfTokensAreNotKeys(Token.Kind kind) {
        Token key = test().aKey(tenant()).token();

        assertThat(test().verify(new Token(kind, key.shard(), key.id(), key.secret())))
                .isEmpty();
    }

    @Test
    default void anotherMasterSecretMakesKeysInvalid() {
        IssuedKey issued = test().aKey(tenant());
        AccessSecret other = AccessSecret.of("QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWY=");

        Optional<Principal> nobody = await(new RedisApiKeys(test().base, test().tenants, other).verify(issued.token()));

        assertThat(nobody).isEmpty();
    }

    @Test
    default void aKeyOfATenantThatThereIsNotIsRefused() {
        NewApiKey wanted =
                new NewApiKey(new TenantId("nobody"), "x", Rights.NONE, Limits.NONE, Optional.empty(), TestKeys.ADMIN);

        assertThat(await(test().keys.create(wanted))).isEmpty();
        assertThat(await(test().keys.list(wanted.tenant(), OptionalLong.empty(), 200))
                        .keys())
                .isEmpty();
    }

    @Test
    default void anExpiredKeyIsRefused() {
        IssuedKey issued = test().aKey(tenant(), Optional.of(test().now().plusMillis(300)));
        assertThat(test().verify(issued.token())).isPresent();

        test().store(
                        issued.key().id(),
                        "expires",
                        Long.toString(test().now().minusMillis(1).toEpochMilli() * 1000));

        assertThat(test().verify(issued.token())).isEmpty();
    }

    @Test
    default void aKeyMayEndInAFarFuture() {
        Instant end = Instant.parse("9999-12-31T23:59:59.999999Z");

        IssuedKey issued = test().aKey(tenant(), Optional.of(end));

        assertThat(test().verify(issued.token()).orElseThrow().expires()).contains(end);
    }

    @Test
    default void aRevokedKeyIsRefusedAtOnceAndStaysInTheList() {
        TenantId tenant = tenant();
        IssuedKey issued = test().aKey(tenant);
        IssuedKey rotated =
                await(test().keys.rotate(issued.key().id(), Duration.ofDays(7))).orElseThrow();

        ApiKey revoked = await(test().keys.revoke(issued.key().id())).orElseThrow();

        assertThat(test().verify(issued.token())).isEmpty();
        assertThat(test().verify(rotated.token())).isEmpty();
        assertThat(revoked.revokedAt()).isPresent();
        assertThat(revoked.previousUntil()).isEmpty();
        assertThat(all(tenant)).containsExactly(revoked);
    }

    @Test
    default void aRevokedKeyStaysAsItIs() {
        IssuedKey issued = test().aKey(tenant());
        KeyId id = issued.key().id();
        ApiKey revoked = await(test().keys.revoke(id)).orElseThrow();

        KeyChange renamed =
                new KeyChange(Optional.of("new name"), Optional.empty(), Optional.empty(), Optional.empty());
        assertThat(await(test().keys.change(id, renamed))).isEmpty();
        assertThat(await(test().keys.rotate(id, Duration.ZERO))).isEmpty();
        assertThat(await(test().keys.revoke(id))).contains(revoked);
        assertThat(find(issued)).isEqualTo(revoked);
    }

    @Test
    default void nothingIsDoneToAKeyThatThereIsNot() {
        for (int shard : List.of(0, 1023)) {
            KeyId id = KeyId.of(Token.random(Token.Kind.KEY, shard));

            assertThat(await(test().keys.find(id))).isEmpty();
            assertThat(await(test().keys.change(id, NOTHING))).isEmpty();
            assertThat(await(test().keys.rotate(id, Duration.ZERO))).isEmpty();
            assertThat(await(test().keys.revoke(id))).isEmpty();
        }
    }

    @Test
    default void aChangeChangesWhatItNamesAndNothingElse() {
        IssuedKey issued = test().aKey(tenant());
        Instant end = test().now().plusSeconds(60);
        KeyId id = issued.key().id();

        ApiKey limited = await(test().keys
                        .change(
                                id,
                                new KeyChange(
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.of(LIMITS),
                                        Optional.of(new KeyChange.Expiry.At(end)))))
                .orElseThrow();
        ApiKey renamed = await(test().keys
                        .change(
                                id,
                                new KeyChange(
                                        Optional.of("other"),
                                        Optional.of(Rights.of(Scope.ADMIN)),
                                        Optional.empty(),
                                        Optional.of(new KeyChange.Expiry.Never()))))
                .orElseThrow();

        assertThat(limited.limits()).isEqualTo(LIMITS);
        assertThat(limited.expiresAt()).contains(end);
        assertThat(limited.name()).isEqualTo("build server");
        assertThat(renamed.name()).isEqualTo("other");
        assertThat(renamed.limits()).isEqualTo(LIMITS);
        assertThat(renamed.expiresAt()).isEmpty();
        assertThat(test().verify(issued.token()).orElseThrow().rights()).isEqualTo(Rights.of(Scope.ADMIN));
        assertThat(await(test().keys.change(id, NOTHING)).map(ApiKey::name)).contains("other");
    }

    @Test
    default void aRotationWithoutGraceEndsTheOldSecretAtOnce() {
        IssuedKey issued = test().aKey(tenant());

        IssuedKey rotated =
                await(test().keys.rotate(issued.key().id(), Duration.ZERO)).orElseThrow();

        assertThat(test().verify(issued.token())).isEmpty();
        assertThat(test().verify(rotated.token())).isPresent();
        assertThat(rotated.key().id()).isEqualTo(issued.key().id());
        assertThat(rotated.key().previousUntil()).isEmpty();
    }

    @Test
    default void duringAGraceBothSecretsAreValidAndTheOldOneSaysWhenItEnds() {
        IssuedKey issued = test().aKey(tenant());

        IssuedKey rotated =
                await(test().keys.rotate(issued.key().id(), Duration.ofDays(7))).orElseThrow();

        Instant end = rotated.key().previousUntil().orElseThrow();
        assertThat(end)
                .isBetween(
                        test().now().plus(Duration.ofDays(7)).minusSeconds(5),
                        test().now().plus(Duration.ofDays(7)));
        assertThat(test().verify(rotated.token()).orElseThrow().expires()).isEmpty();
        assertThat(test().verify(issued.token()).orElseThrow().expires()).contains(end);
        test().store(issued.key().id(), "old_until", Long.toString(test().now().toEpochMilli() * 1000));
        assertThat(test().verify(issued.token())).isEmpty();
    }

    @Test
    default void twoRotationsAtOnceLeaveTheLastSecretAndTheOneBefore() {
        IssuedKey issued = test().aKey(tenant());
        KeyId id = issued.key().id();

        List<IssuedKey> rotated = await(Uni.join()
                        .all(
                                test().keys.rotate(id, Duration.ofHours(1)),
                                test().keys.rotate(id, Duration.ofHours(1)))
                        .andFailFast())
                .stream()
                .map(Optional::orElseThrow)
                .toList();

        assertThat(test().verify(issued.token())).isEmpty();
        assertThat(rotated).allMatch(key -> test().verify(key.token()).isPresent());
    }

    @Test
    default void aGraceHasBounds() {
        KeyId id = test().aKey(tenant()).key().id();

        assertThatThrownBy(() -> test().keys.rotate(id, Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> test().keys.rotate(id, Duration.ofDays(7).plusMillis(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    default void keysMadeAtOnceAreAllThereNewestFirst() {
        TenantId tenant = tenant();
        List<Uni<Optional<IssuedKey>>> creations = IntStream.range(0, 20)
                .mapToObj(i -> test().keys
                        .create(new NewApiKey(
                                tenant, "key " + i, Rights.NONE, Limits.NONE, Optional.empty(), TestKeys.ADMIN)))
                .toList();

        await(Uni.join().all(creations).andFailFast());

        List<ApiKey> listed = all(tenant);
        assertThat(listed).hasSize(20).doesNotHaveDuplicates();
        assertThat(listed.stream().map(ApiKey::createdAt)).isSortedAccordingTo((one, other) -> other.compareTo(one));
    }

    @Test
    default void aListHoldsTheTenantsOwnKeysOnly() {
        TenantId one = tenant();
        TenantId other = tenant();
        ApiKey key = test().aKey(one).key();
        test().aKey(other);

        assertThat(all(one)).containsExactly(key);
    }

    @Test
    default void aUseIsNotedOnceAMinute() {
        IssuedKey issued = test().aKey(tenant());
        KeyId id = issued.key().id();

        test().verify(issued.token());
        String first = test().stored(id, "used");
        test().verify(issued.token());
        String second = test().stored(id, "used");
        test().store(id, "used", Long.toString(Long.parseLong(first) - 60_000_000));
        test().verify(issued.token());

        assertThat(first).isNotEmpty().isEqualTo(second);
        assertThat(Long.parseLong(test().stored(id, "used"))).isGreaterThan(Long.parseLong(first));
        assertThat(find(issued).lastUsedAt()).isPresent();
    }

    @Test
    default void theFirstKeyIsMadeOnceAndStaysAsItBecame() {
        Token token = Token.random(Token.Kind.KEY, test().base.shards().of(TenantId.DEFAULT));

        List<Optional<ApiKey>> made = await(Uni.join()
                .all(test().keys.ensure(token), test().keys.ensure(token))
                .andFailFast());

        assertThat(made.stream().filter(Optional::isPresent)).hasSize(1);
        assertThat(test().verify(token).orElseThrow().rights()).isEqualTo(Rights.ALL);
        assertThat(test().verify(token).orElseThrow().tenant()).isEqualTo(TenantId.DEFAULT);
        assertThat(all(TenantId.DEFAULT).stream().filter(key -> key.id().equals(KeyId.of(token))))
                .hasSize(1);

        await(test().keys.revoke(KeyId.of(token)));

        assertThat(await(test().keys.ensure(token))).isEmpty();
        assertThat(test().verify(token)).isEmpty();
    }

    @Test
    default void aFirstKeyIsAKeyInTheShardOfTheDefaultTenant() {
        int shard = test().base.shards().of(TenantId.DEFAULT);

        assertThatThrownBy(() -> test().keys.ensure(Token.random(Token.Kind.KEY, shard + 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("shard " + shard);
        assertThatThrownBy(() -> test().keys.ensure(Token.random(Token.Kind.LINK, shard)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    default void aFullStoreTakesNoNewKeysAndStillVerifiesAndRevokes() {
        TenantId tenant = tenant();
        IssuedKey issued = test().aKey(tenant);
        int shard = issued.token().shard();
        test().raw(Command.HSET, "mcp:{" + Integer.toString(shard, 36) + "}:shard", "full", "1");
        try {
            assertThatThrownBy(() -> test().aKey(tenant))
                    .isInstanceOfSatisfying(
                            StoreException.class,
                            refusal -> assertThat(refusal.code()).isEqualTo(StoreException.Code.STORE_FULL));
            assertThat(test().verify(issued.token())).isPresent();
            assertThat(await(test().keys.revoke(issued.key().id()))).isPresent();
        } finally {
            test().raw(Command.HSET, "mcp:{" + Integer.toString(shard, 36) + "}:shard", "full", "0");
        }
    }

    private ApiKey find(IssuedKey issued) {
        return await(test().keys.find(issued.key().id())).orElseThrow();
    }

    /** All pages of a list, three to a page. */
    private List<ApiKey> all(TenantId tenant) {
        List<ApiKey> all = new ArrayList<>();
        OptionalLong below = OptionalLong.empty();
        do {
            KeyPage page = await(test().keys.list(tenant, below, 3));
            assertThat(page.keys()).hasSizeLessThanOrEqualTo(3);
            all.addAll(page.keys());
            below = page.next();
        } while (below.isPresent());
        return all;
    }
}
