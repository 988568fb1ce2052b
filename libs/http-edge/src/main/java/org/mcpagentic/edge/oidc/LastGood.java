package org.mcpagentic.edge.oidc;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * What a provider said last. It is asked by one at a time, whoever many wait; after a failure it is left alone for a moment.
 *
 * @param <T> immutable
 */
final class LastGood<T> {

    private static final Logger LOG = Logger.getLogger(LastGood.class);

    /** How long a provider is left alone that could not be asked. */
    static final Duration PAUSE = Duration.ofSeconds(2);

    private final String name;
    private final Supplier<Uni<T>> source;
    private final Duration old;
    private final InstantSource clock;
    private final Consumer<T> onChange;

    private Optional<Seen<T>> seen = Optional.empty();
    private Optional<Uni<T>> underWay = Optional.empty();
    private Instant nextTry = Instant.MIN;

    private record Seen<T>(T value, Instant at) {}

    /**
     * @param name of what it says, for the log
     * @param old after which it is asked for again, while what was seen before holds
     * @param onChange called where it is another than before
     */
    LastGood(String name, Supplier<Uni<T>> source, Duration old, InstantSource clock, Consumer<T> onChange) {
        this.name = name;
        this.source = source;
        this.old = old;
        this.clock = clock;
        this.onChange = onChange;
    }

    /** What was said last, if anything. */
    synchronized Optional<T> seen() {
        return seen.map(Seen::value);
    }

    /** What was said last, at once where there is something; fails with {@link ProviderException} where there never was. */
    synchronized Uni<T> value() {
        if (seen.isEmpty()) {
            return fresh();
        }
        refreshIfOld();
        return Uni.createFrom().item(seen.get().value());
    }

    /** Asks in the background where what is known is old. */
    synchronized void refreshIfOld() {
        Instant now = clock.instant();
        boolean isOld = seen.isPresent() && now.isAfter(seen.get().at().plus(old));
        if (isOld && underWay.isEmpty() && !now.isBefore(nextTry)) {
            fetch();
        }
    }

    /** Asks, or waits for what was asked already; fails with {@link ProviderException} where there is no answer. */
    synchronized Uni<T> fresh() {
        if (underWay.isEmpty() && clock.instant().isBefore(nextTry)) {
            return Uni.createFrom().failure(() -> new ProviderException("it could not be asked just now"));
        }
        return underWay.orElseGet(this::fetch);
    }

    private Uni<T> fetch() {
        Uni<T> fetch = source.get()
                .invoke(this::keep)
                .onFailure()
                .invoke(this::pause)
                .memoize()
                .indefinitely();
        underWay = Optional.of(fetch);
        // why here: whoever goes away would end what others wait for, were nobody else there
        fetch.subscribe().with(value -> {}, failure -> {});
        return fetch;
    }

    private synchronized void keep(T value) {
        boolean changed = seen.isPresent() && !seen.get().value().equals(value);
        seen = Optional.of(new Seen<>(value, clock.instant()));
        underWay = Optional.empty();
        if (changed) {
            onChange.accept(value);
        }
    }

    private synchronized void pause(Throwable failure) {
        underWay = Optional.empty();
        nextTry = clock.instant().plus(PAUSE);
        // why the type too: what is no ProviderException was not foreseen
        LOG.warnf(
                "the identity provider cannot be asked for=%s kind=%s reason=%s",
                name,
                failure.getClass().getSimpleName(),
                failure instanceof ProviderException known ? known.getMessage() : "unexpected");
    }
}
