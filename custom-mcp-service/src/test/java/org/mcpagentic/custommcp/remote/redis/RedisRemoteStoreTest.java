package org.mcpagentic.custommcp.remote.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.redis.client.Redis;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mcpagentic.access.AccessSecret;
import org.mcpagentic.agent.tool.SideEffects;
import org.mcpagentic.custommcp.remote.definition.Definition;
import org.mcpagentic.custommcp.remote.registry.Audience;
import org.mcpagentic.custommcp.remote.registry.Location;
import org.mcpagentic.custommcp.remote.registry.Pin;
import org.mcpagentic.custommcp.remote.registry.RemoteStore;
import org.mcpagentic.custommcp.remote.registry.RemoteStore.Added;
import org.mcpagentic.custommcp.remote.registry.RemoteStore.Approved;
import org.mcpagentic.custommcp.remote.registry.ServerId;
import org.mcpagentic.custommcp.remote.registry.ServerSpec;
import org.mcpagentic.localredis.LocalRedis;
import org.mcpagentic.store.StoreException;
import org.mcpagentic.store.TenantId;
import org.mcpagentic.store.redis.RedisConnections;
import org.mcpagentic.store.redis.RedisStore;
import org.mcpagentic.store.redis.StoreConfig;
import org.mcpagentic.testsupport.Settings;

/** Two replicas' stores on one Redis. */
@Timeout(60)
class RedisRemoteStoreTest {

    private static final AccessSecret SECRET = AccessSecret.of("MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=");
    private static final AccessSecret ANOTHER = AccessSecret.of("OTg3NjU0MzIxMDk4NzY1NDMyMTA5ODc2NTQzMjEwOTg=");
    private static final ServerId ID = new ServerId(Optional.of(new TenantId("acme")), "weather");
    private static final ServerId CONFIGURED = new ServerId(Optional.empty(), "weather");

    private final Vertx vertx = Vertx.vertx();
    private final List<Redis> clients = new ArrayList<>();
    private LocalRedis redis;
    private RemoteStore store;
    private RemoteStore replica;

    @BeforeEach
    void start() {
        redis = LocalRedis.start();
        store = store(SECRET);
        replica = store(SECRET);
    }

    @AfterEach
    void stop() {
        clients.forEach(Redis::close);
        vertx.closeAndAwait();
        redis.close();
    }

    @Test
    void anAddedServerIsKnownToTheOtherReplica() {
        long before = await(replica.load(-1)).orElseThrow().version();
        assertThat(await(replica.load(before))).isEmpty();

        Added added = await(store.add(server(ID)));

        RemoteStore.Snapshot seen = await(replica.load(before)).orElseThrow();
        assertThat(added).isEqualTo(Added.ADDED);
        assertThat(seen.servers()).containsExactly(server(ID));
        assertThat(seen.version()).isNotEqualTo(before);
    }

    @Test
    void whatCannotBeReadKeepsNothingElseAway() {
        await(store.add(server(ID)));
        redis.command("HSET", "mcp:{0}:remoteservers", "acme/broken", "{\"url\":", "no-slash", "{}", "acme/none", "{}");
        await(store.see(CONFIGURED, true, List.of(tool("today", "Weather."), tool("tomorrow", "Weather."))));
        redis.command("HSET", "mcp:{0}:remotepins:*/weather", "a:today", "{\"name\":\"today\"}", "h:lost", "x");

        List<ServerSpec> servers = await(replica.load(-1)).orElseThrow().servers();

        assertThat(servers).containsExactly(server(ID));
        assertThat(pins(CONFIGURED)).containsOnlyKeys("tomorrow");
    }

    @Test
    void aTokenLiesSealedAndOpensWithTheSameSecretOnly() {
        await(store.add(server(ID)));

        String kept = redis.command("HGET", "mcp:{0}:remoteservers", "acme/weather");

        assertThat(kept).contains("https://mcp.weather.gov/mcp").doesNotContain("t0ken-of-weather");
        assertThat(await(store(ANOTHER).load(-1)).orElseThrow().servers())
                .singleElement()
                .satisfies(server -> assertThat(server.token()).isEmpty());
    }

    @Test
    void twoServersOfATenantHaveTwoNames() {
        await(store.add(server(ID)));

        Added again = await(replica.add(server(ID)));
        Added ofAnother = await(replica.add(server(new ServerId(Optional.of(new TenantId("other")), "weather"))));

        assertThat(again).isEqualTo(Added.TAKEN);
        assertThat(ofAnother).isEqualTo(Added.ADDED);
    }

    @Test
    void aTenantHasABoundedNumber() {
        for (int i = 0; i < RemoteStore.MOST_OF_TENANT; i++) {
            await(store.add(server(new ServerId(ID.tenant(), "s" + i))));
        }

        Added oneMore = await(store.add(server(ID)));

        assertThat(oneMore).isEqualTo(Added.TOO_MANY);
    }

    @Test
    void whatIsRemovedIsForgottenWithItsApprovals() {
        await(store.add(server(ID)));
        await(store.see(ID, true, List.of(tool("today", "Weather."))));

        boolean removed = await(replica.remove(ID));

        assertThat(removed).isTrue();
        assertThat(pins(ID)).isEmpty();
        assertThat(await(store.load(-1)).orElseThrow().servers()).isEmpty();
        assertThat(await(store.see(ID, true, List.of(tool("today", "Weather.")))))
                .isEmpty();
        assertThat(pins(ID)).isEmpty();
    }

    @Test
    void theFirstLookIsTrustedAndNoLaterOne() {
        await(store.see(CONFIGURED, true, List.of(tool("today", "Weather."))));

        List<String> waiting =
                await(replica.see(CONFIGURED, true, List.of(tool("today", "Weather!"), tool("new", "New."))));

        assertThat(waiting).containsExactly("today", "new");
        assertThat(pin("today").status()).isEqualTo(Pin.Status.CHANGED);
        assertThat(pin("today").approved()).hasValue(tool("today", "Weather."));
        assertThat(pin("today").seen()).hasValue(tool("today", "Weather!"));
        assertThat(pin("new").status()).isEqualTo(Pin.Status.NEW);
    }

    @Test
    void nothingIsTrustedAtFirstWhereThatIsNotWanted() {
        List<String> waiting = await(store.see(CONFIGURED, false, List.of(tool("today", "Weather."))));

        assertThat(waiting).containsExactly("today");
        assertThat(pin("today").status()).isEqualTo(Pin.Status.NEW);
    }

    @Test
    void whatWaitsIsReportedOnce() {
        await(store.see(CONFIGURED, false, List.of(tool("today", "Weather."))));
        long version = await(store.load(-1)).orElseThrow().version();

        List<String> again = await(replica.see(CONFIGURED, false, List.of(tool("today", "Weather."))));

        assertThat(again).isEmpty();
        assertThat(await(store.load(version))).isEmpty();
    }

    @Test
    void anApprovalIsOfExactlyOneDefinition() {
        Definition changed = tool("today", "Weather!");
        await(store.see(CONFIGURED, true, List.of(tool("today", "Weather."))));
        await(store.see(CONFIGURED, true, List.of(changed)));
        await(store.see(CONFIGURED, true, List.of(tool("today", "Weather?"))));

        Approved outdated = await(replica.approve(CONFIGURED, "today", changed.hash()));
        Approved unknown = await(replica.approve(CONFIGURED, "tomorrow", changed.hash()));
        Approved approved = await(
                replica.approve(CONFIGURED, "today", tool("today", "Weather?").hash()));

        assertThat(List.of(outdated, unknown, approved))
                .containsExactly(Approved.OUTDATED, Approved.UNKNOWN, Approved.APPROVED);
        assertThat(await(replica.approve(
                        CONFIGURED, "today", tool("today", "Weather?").hash())))
                .isEqualTo(Approved.APPROVED);
        assertThat(pin("today")).isEqualTo(new Pin(Optional.of(tool("today", "Weather?")), Optional.empty(), false));
    }

    @Test
    void aToolThatReturnsAsItWasIsUsedAgain() {
        Definition tool = tool("today", "Weather.");
        await(store.see(CONFIGURED, true, List.of(tool)));
        await(store.see(CONFIGURED, true, List.of()));
        Pin.Status gone = pin("today").status();
        await(store.see(CONFIGURED, true, List.of(tool("today", "Weather!"))));
        Pin.Status changed = pin("today").status();

        await(store.see(CONFIGURED, true, List.of(tool)));

        assertThat(List.of(gone, changed)).containsExactly(Pin.Status.MISSING, Pin.Status.CHANGED);
        assertThat(pin("today").status()).isEqualTo(Pin.Status.APPROVED);
    }

    @Test
    void whatWasNeverApprovedIsForgottenWhenItIsNoLongerListed() {
        await(store.see(CONFIGURED, true, List.of(tool("today", "Weather."))));
        for (int look = 0; look < 20; look++) {
            await(store.see(CONFIGURED, true, List.of(tool("new" + look, "New."))));
        }

        String fields = redis.command(
                "EVAL", "return table.concat(redis.call('HKEYS', KEYS[1]), ' ')", "1", "mcp:{0}:remotepins:*/weather");

        assertThat(fields.split(" ", -1))
                .containsExactlyInAnyOrder("looked", "v", "h:today", "a:today", "m:today", "s:new19", "d:new19");
    }

    @Test
    void aServerHasABoundedNumberOfTools() {
        for (int look = 0; look < 4; look++) {
            String name = "tool" + look + "-";
            List<Definition> listed = IntStream.range(0, 100)
                    .mapToObj(i -> tool(name + i, "Does " + i + "."))
                    .toList();
            if (look < 2) {
                await(store.see(CONFIGURED, false, listed));
                listed.forEach(tool -> await(store.approve(CONFIGURED, tool.name(), tool.hash())));
            } else {
                assertThatThrownBy(() -> await(store.see(CONFIGURED, false, listed)))
                        .isInstanceOf(StoreException.class);
            }
        }

        assertThat(pins(CONFIGURED)).hasSize(RemoteStore.MOST_TOOLS);
    }

    @Test
    void nothingNewIsWrittenIntoAFullStoreAndWhatHasChangedCannotBeCalled() {
        await(store.see(CONFIGURED, true, List.of(tool("today", "Weather."), tool("tomorrow", "Weather."))));
        redis.command("HSET", "mcp:{0}:shard", "full", "1");
        List<Definition> listed =
                List.of(tool("today", "Weather!"), tool("tomorrow", "Weather."), tool("new", "x".repeat(10_000)));

        assertThatThrownBy(() -> await(store.see(CONFIGURED, true, listed)))
                .isInstanceOfSatisfying(
                        StoreException.class,
                        failure -> assertThat(failure.code()).isEqualTo(StoreException.Code.STORE_FULL));

        assertThat(pins(CONFIGURED)).containsOnlyKeys("today", "tomorrow");
        assertThat(pin("today").status()).isEqualTo(Pin.Status.MISSING);
        assertThat(pin("tomorrow").status()).isEqualTo(Pin.Status.APPROVED);
        redis.command("HSET", "mcp:{0}:shard", "full", "0");
        assertThat(await(store.see(CONFIGURED, true, listed))).containsExactly("today", "new");
        assertThat(pin("today").status()).isEqualTo(Pin.Status.CHANGED);
    }

    @Test
    void aServerWhoseToolsAreAsBeforeIsNotReadAgain() {
        await(store.see(CONFIGURED, true, List.of(tool("today", "Weather."))));
        await(store.add(server(ID)));
        long known = await(store.pins(CONFIGURED, -1)).orElseThrow().version();
        await(store.see(ID, true, List.of(tool("today", "Weather."))));

        Optional<RemoteStore.Pins> ofAnother = await(replica.pins(CONFIGURED, known));
        await(store.see(CONFIGURED, true, List.of(tool("today", "Weather!"))));
        Optional<RemoteStore.Pins> own = await(replica.pins(CONFIGURED, known));

        assertThat(ofAnother).isEmpty();
        assertThat(own).isPresent();
    }

    private Map<String, Pin> pins(ServerId id) {
        return await(store.pins(id, -1)).orElseThrow().tools();
    }

    private Pin pin(String tool) {
        Pin pin = pins(CONFIGURED).get(tool);
        assertThat(pin).isNotNull();
        return Objects.requireNonNull(pin);
    }

    private RemoteStore store(AccessSecret secret) {
        for (int i = 0; i < 3; i++) {
            clients.add(Redis.createClient(vertx, redis.url()));
        }
        int last = clients.size();
        RedisStore opened = new RedisStore(
                new RedisConnections(clients.get(last - 3), clients.get(last - 2), clients.get(last - 1)),
                Settings.of(StoreConfig.class, Map.of()),
                (script, took) -> {},
                Clock.systemUTC());
        await(opened.open());
        return new RedisRemoteStore(opened.base(), secret);
    }

    private static <T> T await(Uni<T> uni) {
        return uni.await().atMost(Duration.ofSeconds(10));
    }

    private static Definition tool(String name, String description) {
        return new Definition(
                name, description, JsonNodeFactory.instance.objectNode().put("type", "object"), Optional.empty());
    }

    private static ServerSpec server(ServerId id) {
        return new ServerSpec(
                id,
                new Location.Http("https://mcp.weather.gov/mcp", false),
                Optional.of("t0ken-of-weather"),
                new Audience(new TreeSet<>(Set.of("acme"))),
                Duration.ofSeconds(5),
                Optional.of(Set.of("today")),
                Map.of("today", SideEffects.READ_ONLY),
                true);
    }
}
