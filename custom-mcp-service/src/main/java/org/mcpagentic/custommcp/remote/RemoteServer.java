package org.mcpagentic.custommcp.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.mcpagentic.access.mask.SecretMask;
import org.mcpagentic.agent.tool.CallThreads;
import org.mcpagentic.agent.tool.OwnThread;
import org.mcpagentic.agent.tool.SideEffects;
import org.mcpagentic.agent.tool.Tool;
import org.mcpagentic.agent.tool.ToolFailure;
import org.mcpagentic.agent.tool.ToolSpec;
import org.mcpagentic.custommcp.remote.client.CallResult;
import org.mcpagentic.custommcp.remote.client.RemoteClient;
import org.mcpagentic.custommcp.remote.client.RemoteException;
import org.mcpagentic.custommcp.remote.definition.Definition;
import org.mcpagentic.custommcp.remote.definition.LocalNames;
import org.mcpagentic.custommcp.remote.registry.Pin;
import org.mcpagentic.custommcp.remote.registry.RemoteStore;
import org.mcpagentic.custommcp.remote.registry.RemoteStore.Pins;
import org.mcpagentic.custommcp.remote.registry.ServerSpec;
import org.mcpagentic.custommcp.tools.fetch.Deadline;
import org.mcpagentic.store.StoreException;

/** One external server: what of its tools may be used, how it does, and its calls. */
final class RemoteServer implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(RemoteServer.class);

    private static final int WINDOW = 8;
    private static final int FEWEST_CALLS = 4;
    private static final float HALF = 50;
    private static final long UNREAD = -1;

    /** How long a look may take at most, however long calls may. */
    private static final Duration LOOK = Duration.ofSeconds(30);

    /** After its own timeout, so that a call is ended by what knows why. */
    private static final Duration MARGIN = Duration.ofSeconds(1);

    private final ServerSpec spec;
    private final RemoteClient client;
    private final int mostOutputChars;
    private final RemoteStore store;
    private final RemoteMetrics metrics;
    private final InstantSource clock;
    private final SecretMask mask;
    private final CircuitBreaker breaker;
    private volatile Offer offer = new Offer(UNREAD, Map.of(), new TreeMap<>(), Map.of());
    private Optional<Uni<Void>> looking = Optional.empty();
    private Optional<Uni<Void>> following = Optional.empty();
    private volatile Look last = new Look(Optional.empty(), Optional.empty(), List.of());

    /**
     * What is known of its tools.
     *
     * @param version of the pins as the store counts, or {@link #UNREAD}
     * @param pins by the server's names
     * @param names the server's by ours
     * @param tools those that may be used, by ours
     */
    private record Offer(
            long version, Map<String, Pin> pins, SequencedMap<String, String> names, Map<String, Tool> tools) {}

    private record Look(Optional<Instant> at, Optional<String> failure, List<Definition.Read.Flawed> flawed) {}

    RemoteServer(
            ServerSpec spec,
            RemoteClient client,
            RemoteConfig config,
            RemoteStore store,
            RemoteMetrics metrics,
            InstantSource clock) {
        this.spec = spec;
        this.client = client;
        this.mostOutputChars = config.maxOutputChars();
        this.store = store;
        this.metrics = metrics;
        this.clock = clock;
        // why here: the mask of all output knows the configuration's secrets, but not those of servers that were added
        this.mask = SecretMask.of(spec.token().stream().toList(), Map.of());
        this.breaker = CircuitBreaker.of(
                spec.id().toString(),
                CircuitBreakerConfig.custom()
                        .slidingWindowType(SlidingWindowType.COUNT_BASED)
                        .slidingWindowSize(WINDOW)
                        .minimumNumberOfCalls(FEWEST_CALLS)
                        .failureRateThreshold(HALF)
                        .waitDurationInOpenState(config.rest())
                        .permittedNumberOfCallsInHalfOpenState(1)
                        .maxWaitDurationInHalfOpenState(spec.timeout().plus(MARGIN))
                        .build());
    }

    ServerSpec spec() {
        return spec;
    }

    Health health() {
        Look known = last;
        return new Health(
                known.at(), known.failure(), breaker.getState() == State.OPEN, client.revision(), known.flawed());
    }

    /** What is known of its tools, by our names for them without the server's. */
    SequencedMap<String, Pin> pins() {
        Offer known = offer;
        SequencedMap<String, Pin> pins = new TreeMap<>();
        known.names().forEach((ours, theirs) -> {
            Pin pin = known.pins().get(theirs);
            if (pin != null) {
                pins.put(ours, pin);
            }
        });
        return pins;
    }

    /** Those that may be used. */
    List<Tool> tools() {
        return List.copyOf(offer.tools().values());
    }

    Optional<Tool> tool(String name) {
        return Optional.ofNullable(offer.tools().get(name));
    }

    /** Why the tool of that name may not be used. */
    Optional<String> withheld(String name) {
        if (!name.startsWith(spec.id().name() + ".")) {
            return Optional.empty();
        }
        String theirs =
                offer.names().getOrDefault(name.substring(spec.id().name().length() + 1), "");
        return Optional.ofNullable(offer.pins().get(theirs))
                .filter(pin -> spec.uses(theirs))
                .flatMap(pin -> switch (pin.status()) {
                    case APPROVED -> Optional.empty();
                    case CHANGED ->
                        Optional.of("the tool " + name + " is quarantined: its server has changed what it says that the"
                                + " tool is, and an administrator has to approve that first");
                    case NEW -> Optional.of("the tool " + name + " waits for an administrator's approval");
                    case MISSING -> Optional.of("the server of the tool " + name + " does not offer it any more");
                });
    }

    /** Reads what is approved, and what waits, where that has changed. */
    Uni<Void> refresh() {
        return Uni.createFrom()
                .deferred(() -> store.pins(spec.id(), offer.version()))
                .invoke(changed -> changed.ifPresent(this::accept))
                .replaceWithVoid();
    }

    private void accept(Pins known) {
        Map<String, Pin> pins = known.tools();
        SequencedMap<String, String> names = LocalNames.of(pins.keySet());
        Map<String, Tool> tools = new HashMap<>();
        names.forEach((ours, theirs) -> {
            Pin pin = pins.get(theirs);
            if (pin != null && pin.status() == Pin.Status.APPROVED && spec.uses(theirs)) {
                Definition definition = pin.approved().orElseThrow();
                ToolSpec tool = described(spec.id().name() + "." + ours, definition);
                tools.put(tool.name(), new RemoteTool(this, definition, tool));
            }
        });
        offer = new Offer(known.version(), pins, names, Map.copyOf(tools));
    }

    private ToolSpec described(String name, Definition definition) {
        return new ToolSpec(
                name,
                definition.descriptionForModel(spec.id().name()),
                definition.schemaForModel(),
                sideEffects(definition.name()),
                spec.timeout().plus(MARGIN),
                mostOutputChars);
    }

    SideEffects sideEffects(String tool) {
        // why not what the server says of it: that is untrusted
        return spec.sideEffects().getOrDefault(tool, SideEffects.NON_IDEMPOTENT);
    }

    /** Calls a tool; fails with {@link ToolFailure} on what the server does not do. */
    Uni<String> call(Definition definition, ObjectNode arguments, CallThreads threads) {
        return Uni.createFrom().deferred(() -> {
            if (!breaker.tryAcquirePermission()) {
                metrics.refused(spec.id());
                return Uni.createFrom()
                        .failure(new ToolFailure("the external server "
                                + spec.id().name() + " is left alone for a while, since most calls of it failed"));
            }
            long begin = System.nanoTime();
            return OwnThread.run(
                            threads,
                            () -> client.call(
                                    definition.name(),
                                    arguments,
                                    definition.inputSchema(),
                                    sideEffects(definition.name()),
                                    Deadline.in(spec.timeout())))
                    .onCancellation()
                    .invoke(breaker::releasePermission)
                    .onItemOrFailure()
                    .transformToUni(
                            (result, failure) -> failure == null ? returned(result, begin) : broke(failure, begin));
        });
    }

    private Uni<String> returned(CallResult result, long begin) {
        long took = System.nanoTime() - begin;
        breaker.onSuccess(took, TimeUnit.NANOSECONDS);
        metrics.called(spec.id(), result.failed() ? "failed" : "succeeded", Duration.ofNanos(took));
        String text = mask.mask(result.text());
        return result.failed()
                ? Uni.createFrom().failure(new ToolFailure(text))
                : Uni.createFrom().item(text);
    }

    private Uni<String> broke(Throwable failure, long begin) {
        long took = System.nanoTime() - begin;
        metrics.called(spec.id(), "broken", Duration.ofNanos(took));
        if (!(failure instanceof RemoteException known)) {
            breaker.releasePermission();
            return Uni.createFrom().failure(failure);
        }
        count(known, took);
        return Uni.createFrom()
                .failure(new ToolFailure(
                        "the external server " + spec.id().name() + " failed: " + mask.mask(known.text())));
    }

    private void count(RemoteException failure, long took) {
        if (failure.isTrouble()) {
            breaker.onError(took, TimeUnit.NANOSECONDS, failure);
        } else {
            breaker.onSuccess(took, TimeUnit.NANOSECONDS);
        }
    }

    /** Whether it is being asked what it offers. */
    synchronized boolean isLooking() {
        return looking.isPresent();
    }

    /**
     * Asks the server what it offers and writes that down; one such look runs at a time. All that demand one meanwhile share the
     * one that comes next, so that each sees what the server offers after it asked.
     *
     * @param demanded whether by somebody, who wants it asked even while it is left alone; otherwise not while a look runs
     * @return never fails: what went wrong is its health
     */
    Uni<Void> look(boolean demanded) {
        return Uni.createFrom().deferred(() -> joined(demanded));
    }

    private synchronized Uni<Void> joined(boolean demanded) {
        if (looking.isEmpty()) {
            return begun(demanded);
        }
        if (!demanded) {
            return Uni.createFrom().voidItem();
        }
        if (following.isEmpty()) {
            following = looking.map(
                    running -> running.chain(this::followed).memoize().indefinitely());
        }
        return following.orElseThrow();
    }

    private synchronized Uni<Void> followed() {
        following = Optional.empty();
        return looking.orElseGet(() -> begun(true));
    }

    private synchronized Uni<Void> begun(boolean demanded) {
        Uni<Void> look =
                once(demanded).onTermination().invoke(this::ended).memoize().indefinitely();
        looking = Optional.of(look);
        return look;
    }

    private synchronized void ended() {
        looking = Optional.empty();
    }

    private Uni<Void> once(boolean demanded) {
        return Uni.createFrom().deferred(() -> {
            boolean counted = breaker.tryAcquirePermission();
            if (!counted && !demanded) {
                return Uni.createFrom().voidItem();
            }
            long begin = System.nanoTime();
            Duration most = spec.timeout().compareTo(LOOK) < 0 ? spec.timeout() : LOOK;
            return OwnThread.run(new CallThreads(), () -> client.tools(Deadline.in(most)))
                    // why too: a look may wait for a call that finds out what the server speaks, and that may take
                    // longer
                    .ifNoItem()
                    .after(most.plus(MARGIN))
                    .fail()
                    .onItemOrFailure()
                    .invoke((listed, failure) -> judge(counted, failure, System.nanoTime() - begin))
                    .onCancellation()
                    .invoke(() -> {
                        if (counted) {
                            breaker.releasePermission();
                        }
                    })
                    .chain(this::seen)
                    .onFailure()
                    .recoverWithItem(this::notSeen);
        });
    }

    private void judge(boolean counted, @Nullable Throwable failure, long took) {
        if (failure == null) {
            if (counted) {
                breaker.onSuccess(took, TimeUnit.NANOSECONDS);
            } else {
                breaker.reset();
            }
        } else if (counted) {
            switch (failure) {
                case RemoteException known -> count(known, took);
                case TimeoutException late -> breaker.onError(took, TimeUnit.NANOSECONDS, late);
                default -> breaker.releasePermission();
            }
        }
    }

    private Uni<Void> seen(List<JsonNode> listed) {
        List<Definition> usable = new ArrayList<>();
        List<Definition.Read.Flawed> flawed = new ArrayList<>();
        for (JsonNode tool : listed) {
            switch (Definition.read(tool)) {
                case Definition.Read.Usable(Definition definition) -> {
                    if (usable.stream().noneMatch(known -> known.name().equals(definition.name()))) {
                        usable.add(definition);
                    } else {
                        flawed.add(new Definition.Read.Flawed(definition.name(), "it is listed twice"));
                    }
                }
                case Definition.Read.Flawed flaw -> flawed.add(flaw);
            }
        }
        // why reported at a change only: it would be every minute
        if (!flawed.equals(last.flawed())) {
            LOG.warnf(
                    "an external server lists tools that cannot be used server=%s tools=%d", spec.id(), flawed.size());
        }
        Uni<Void> written = isKnown(usable)
                ? Uni.createFrom().voidItem()
                : store.see(spec.id(), spec.trustFirst(), usable)
                        .invoke(this::report)
                        .chain(this::refresh);
        return written.invoke(() -> {
            metrics.looked(spec.id(), true);
            last = new Look(Optional.of(clock.instant()), Optional.empty(), flawed);
        });
    }

    /** Whether all of it, and nothing else, is written down already. */
    private boolean isKnown(List<Definition> listed) {
        Map<String, Pin> known = offer.pins();
        return !listed.isEmpty()
                && listed.size()
                        == known.values().stream().filter(pin -> !pin.missing()).count()
                && listed.stream().allMatch(definition -> {
                    Pin pin = known.get(definition.name());
                    return pin != null && !pin.missing() && pin.newest().hash().equals(definition.hash());
                });
    }

    private void report(List<String> waiting) {
        if (!waiting.isEmpty()) {
            metrics.waiting(spec.id(), waiting.size());
            LOG.warnf(
                    "tools of an external server came or changed, and wait for an approval server=%s tools=%d",
                    spec.id(), waiting.size());
        }
    }

    private @Nullable Void notSeen(Throwable failure) {
        metrics.looked(spec.id(), false);
        String why = switch (failure) {
            case RemoteException known -> mask.mask(known.text());
            case TimeoutException late -> "it did not answer in time";
            case StoreException unavailable -> "what it offers could not be written down";
            default -> {
                LOG.errorf(failure, "looking at an external server broke server=%s", spec.id());
                yield "looking at it broke";
            }
        };
        Look before = last;
        if (before.failure().isEmpty()) {
            LOG.warnf("an external server fails server=%s", spec.id());
        }
        last = new Look(Optional.of(clock.instant()), Optional.of(why), before.flawed());
        return null;
    }

    @Override
    public void close() {
        client.close();
    }
}
