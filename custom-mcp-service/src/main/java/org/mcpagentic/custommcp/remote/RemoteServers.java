package org.mcpagentic.custommcp.remote;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.mcpagentic.agent.tool.Tool;
import org.mcpagentic.agent.tool.ToolFailure;
import org.mcpagentic.agent.tool.ToolSource;
import org.mcpagentic.custommcp.remote.client.RemoteClient;
import org.mcpagentic.custommcp.remote.client.RemoteClients;
import org.mcpagentic.custommcp.remote.registry.Location;
import org.mcpagentic.custommcp.remote.registry.Pin;
import org.mcpagentic.custommcp.remote.registry.RemoteStore;
import org.mcpagentic.custommcp.remote.registry.RemoteStore.Snapshot;
import org.mcpagentic.custommcp.remote.registry.ServerId;
import org.mcpagentic.custommcp.remote.registry.ServerSpec;
import org.mcpagentic.custommcp.tools.fetch.AddressRules;
import org.mcpagentic.custommcp.tools.fetch.FetchConfig;
import org.mcpagentic.custommcp.tools.fetch.FetchUrl;
import org.mcpagentic.custommcp.tools.fetch.Resolver;
import org.mcpagentic.store.StoreException;
import org.mcpagentic.store.TenantId;

/**
 * All external servers, those of the configuration and those that administrators added, and their tools. It asks them from time
 * to time what they offer, and looks for what was added or approved through other replicas.
 */
@ApplicationScoped
public class RemoteServers implements ToolSource {

    private static final Logger LOG = Logger.getLogger(RemoteServers.class);

    private static final Duration LOOK_FOR_DUE = Duration.ofMillis(500);

    /** Why more than a tenant can have: one whose servers do not answer does not keep those of others waiting. */
    private static final int MOST_LOOKS = 4 * RemoteStore.MOST_OF_TENANT;

    private static final long NEVER = -1;

    /** For how long work waits for what was added; without it, what needs no external server goes on. */
    private static final Duration READY = Duration.ofMinutes(1);

    /** For how long a task waits for what may have been added through another replica. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);

    private final RemoteConfig config;
    private final ConfiguredServers configured;
    private final RemoteStore store;
    private final RemoteMetrics metrics;
    private final Clock clock;
    private final RemoteClients clients;
    private final Set<String> trusted;
    private final SplittableRandom random = new SplittableRandom();
    private final Map<ServerId, Instant> due = new HashMap<>();
    private final List<Cancellable> running = new ArrayList<>();
    private final AtomicLong turns = new AtomicLong();
    private final Uni<Void> loaded;
    private long taken;

    /** In the order in which they are asked for a tool. */
    private volatile SequencedMap<ServerId, RemoteServer> servers = new LinkedHashMap<>();

    private volatile long version = NEVER;

    RemoteServers(
            Vertx vertx,
            Resolver resolver,
            FetchConfig network,
            RemoteConfig config,
            ConfiguredServers configured,
            RemoteStore store,
            RemoteMetrics metrics,
            Clock clock,
            @ConfigProperty(name = "quarkus.application.version", defaultValue = "unknown") String version) {
        this.config = config;
        this.configured = configured;
        this.store = store;
        this.metrics = metrics;
        this.clock = clock;
        this.trusted = new HashSet<>(config.trusted().orElse(List.of()));
        this.clients = new RemoteClients(
                vertx,
                resolver,
                new AddressRules(network.refusedNetworks().orElse(List.of())),
                config.maxResponseBytes(),
                version);
        this.loaded = Uni.createFrom()
                .deferred(this::reload)
                .onFailure(StoreException.class)
                .retry()
                .withBackOff(Duration.ofMillis(100), Duration.ofMillis(500))
                .indefinitely()
                .onFailure()
                .recoverWithUni(RemoteServers::notNow)
                .ifNoItem()
                .after(READY)
                .recoverWithUni(RemoteServers::lateReady)
                .memoize()
                .indefinitely();
    }

    @Override
    public Uni<Void> ready() {
        return loaded;
    }

    @Override
    public Uni<Void> lookAgain() {
        return reload().onFailure()
                .recoverWithUni(RemoteServers::notNow)
                .ifNoItem()
                .after(LOOK_AGAIN)
                .recoverWithUni(Uni.createFrom().voidItem());
    }

    void start(@Observes StartupEvent event) {
        running.add(loaded.onItem()
                .transformToMulti(done -> Multi.createFrom()
                        .ticks()
                        .every(config.poll())
                        .onOverflow()
                        .drop())
                .onItem()
                .transformToUniAndConcatenate(tick -> reload().onFailure().recoverWithUni(RemoteServers::notNow))
                .subscribe()
                .with(done -> {}, failure -> LOG.error("external servers are not looked for any more", failure)));
        running.add(Multi.createFrom()
                .ticks()
                .every(LOOK_FOR_DUE)
                .onOverflow()
                .drop()
                .onItem()
                .transformToMultiAndConcatenate(tick -> Multi.createFrom().iterable(due()))
                .onItem()
                .transformToUni(server -> server.look(false))
                .merge(MOST_LOOKS)
                .subscribe()
                .with(done -> {}, failure -> LOG.error("external servers are not asked any more", failure)));
    }

    void stop(@Observes ShutdownEvent event) {
        running.forEach(Cancellable::cancel);
        servers.values().forEach(RemoteServer::close);
        clients.close();
    }

    private static Uni<Void> lateReady() {
        LOG.error("external servers are not known yet, work goes on without them");
        return Uni.createFrom().voidItem();
    }

    private static Uni<Void> notNow(Throwable failure) {
        reportUnlessAway(failure);
        return Uni.createFrom().voidItem();
    }

    /** Why quietly: the store itself says that it cannot be reached, and what is known stays. */
    private static void reportUnlessAway(Throwable failure) {
        if (!(failure instanceof StoreException)) {
            LOG.error("external servers could not be read", failure);
        }
    }

    private synchronized List<RemoteServer> due() {
        Instant now = clock.instant();
        return servers.values().stream()
                .filter(server -> !server.isLooking()
                        && !now.isBefore(due.getOrDefault(server.spec().id(), now)))
                .peek(server -> due.put(server.spec().id(), now.plus(untilNext())))
                .toList();
    }

    /** Give or take a tenth, so that replicas do not ask in step. */
    private Duration untilNext() {
        long millis = config.refresh().toMillis();
        return Duration.ofMillis(millis + random.nextLong(-millis / 10, millis / 10 + 1));
    }

    /** Takes over what has changed in the store. */
    public Uni<Void> reload() {
        return Uni.createFrom().deferred(() -> {
            long turn = turns.incrementAndGet();
            return store.load(version)
                    .chain(changed -> changed.map(snapshot -> take(snapshot, turn))
                            .orElseGet(() -> Uni.createFrom().voidItem()));
        });
    }

    private Uni<Void> take(Snapshot snapshot, long turn) {
        List<ServerSpec> wanted = Stream.concat(
                        configured.all().stream(),
                        snapshot.servers().stream()
                                .flatMap(server -> usable(server).stream())
                                .sorted(Comparator.comparing(
                                        server -> server.id().toString())))
                .toList();
        if (!replace(wanted, turn)) {
            return Uni.createFrom().voidItem();
        }
        return Multi.createFrom()
                .iterable(servers.values())
                .onItem()
                .transformToUniAndConcatenate(RemoteServer::refresh)
                .onItem()
                .ignoreAsUni()
                .invoke(() -> version = snapshot.version());
    }

    /** Nothing where its URL is none: one such entry must not keep all others away. */
    private Optional<ServerSpec> usable(ServerSpec server) {
        try {
            return Optional.of(located(server));
        } catch (ToolFailure unusable) {
            LOG.errorf("an added external server has a URL that cannot be used server=%s", server.id());
            return Optional.empty();
        }
    }

    /** An added server is inside where the operator says so. */
    private ServerSpec located(ServerSpec server) {
        return switch (server.location()) {
            case Location.Http(String url, boolean inside) ->
                new ServerSpec(
                        server.id(),
                        new Location.Http(url, isTrusted(url)),
                        server.token(),
                        server.audience(),
                        server.timeout(),
                        server.tools(),
                        server.sideEffects(),
                        server.trustFirst());
            case Location.Program program -> server;
        };
    }

    private boolean isTrusted(String url) {
        return trusted.contains(FetchUrl.of(url).authority());
    }

    /**
     * Refuses a URL that an administrator may not add.
     *
     * @return whether it is of a server that the operator trusts
     * @throws ToolFailure where it is none, or known not to be public
     */
    public boolean admit(String url) {
        if (isTrusted(url)) {
            return true;
        }
        clients.refuseUnlessPublic(url);
        return false;
    }

    /** Whether nothing newer was taken over meanwhile. */
    private synchronized boolean replace(List<ServerSpec> wanted, long turn) {
        if (turn < taken) {
            return false;
        }
        taken = turn;
        SequencedMap<ServerId, RemoteServer> next = new LinkedHashMap<>();
        Map<ServerId, RemoteServer> before = new HashMap<>(servers);
        for (ServerSpec spec : wanted) {
            RemoteServer known = before.get(spec.id());
            if (known != null && known.spec().equals(spec)) {
                next.put(spec.id(), known);
                before.remove(spec.id());
            } else {
                due.remove(spec.id());
                next.put(spec.id(), new RemoteServer(spec, client(spec), config, store, metrics, clock));
            }
        }
        servers = next;
        before.values().forEach(RemoteServer::close);
        due.keySet().retainAll(next.keySet());
        return true;
    }

    private RemoteClient client(ServerSpec spec) {
        return switch (spec.location()) {
            case Location.Http(String url, boolean inside) -> clients.http(url, inside, spec.token());
            case Location.Program(List<String> command) -> clients.process(command);
        };
    }

    /** All that there are. */
    public List<ServerSpec> all() {
        return servers.values().stream().map(RemoteServer::spec).toList();
    }

    /** How a server does; nothing where there is none. */
    public Optional<Health> health(ServerId id) {
        return server(id).map(RemoteServer::health);
    }

    /** What is known of a server's tools, by our names for them without the server's. */
    public Map<String, Pin> pins(ServerId id) {
        return server(id).<Map<String, Pin>>map(RemoteServer::pins).orElseGet(Map::of);
    }

    /** Asks a server now what it offers. */
    public Uni<Void> look(ServerId id) {
        return server(id)
                .map(server -> server.look(true))
                .orElseGet(() -> Uni.createFrom().voidItem());
    }

    private Optional<RemoteServer> server(ServerId id) {
        return Optional.ofNullable(servers.get(id));
    }

    /** Of a tenant, its own first among those that were added. */
    private Stream<RemoteServer> of(TenantId tenant) {
        return servers.values().stream()
                .filter(server -> server.spec().audience().includes(tenant))
                .sorted(Comparator.comparing(server -> rank(server.spec().id(), tenant)));
    }

    private static int rank(ServerId id, TenantId tenant) {
        return id.tenant().map(owner -> owner.equals(tenant) ? 1 : 2).orElse(0);
    }

    @Override
    public List<Tool> tools(TenantId tenant) {
        SequencedMap<String, RemoteServer> first = new LinkedHashMap<>();
        of(tenant).forEach(server -> first.putIfAbsent(server.spec().id().name(), server));
        return first.values().stream()
                .flatMap(server -> server.tools().stream())
                .toList();
    }

    @Override
    public Optional<Tool> tool(TenantId tenant, String name) {
        return ofTool(tenant, name).flatMap(server -> server.tool(name));
    }

    @Override
    public Optional<String> withheld(TenantId tenant, String name) {
        return ofTool(tenant, name).flatMap(server -> server.withheld(name));
    }

    /**
     * The only server that is asked for a tool: the tenant's first of the name that the tool's begins with. Why no other: what
     * that one withholds would be called at another that somebody else named so.
     */
    private Optional<RemoteServer> ofTool(TenantId tenant, String name) {
        int dot = name.indexOf('.');
        return dot < 0
                ? Optional.empty()
                : of(tenant)
                        .filter(server -> server.spec().id().name().equals(name.substring(0, dot)))
                        .findFirst();
    }
}
