package org.mcpagentic.dashboard.live;

import io.quarkus.logging.Log;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.smallrye.mutiny.subscription.Cancellable;
import io.smallrye.mutiny.subscription.MultiEmitter;
import jakarta.ws.rs.WebApplicationException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.mcpagentic.dashboard.upstream.ServiceStats;

/**
 * One service's statistics of a tenant for everybody who watches: one subscription however many viewers, open only while there is
 * one, made again when it breaks, with the authorization of a viewer who is still there. Where the service refuses one, it is
 * asked with another's. A new viewer is told the latest at once; a slow one skips to the latest.
 */
final class StatsFeed {
    private static final Duration SOON = Duration.ofMillis(1);

    private final String service;
    private final Function<Optional<String>, Multi<ServiceStats>> source;
    private final Clock clock;
    private final Backoff backoff;

    private final Map<MultiEmitter<? super ServiceReport>, Optional<String>> viewers = new LinkedHashMap<>();
    private final Set<Optional<String>> refused = new HashSet<>();
    private Optional<String> used = Optional.empty();
    private Contact contact = Contact.NONE;
    private Optional<Reading> latest = Optional.empty();
    private @Nullable Cancellable subscription;

    StatsFeed(String service, Function<Optional<String>, Multi<ServiceStats>> source, Clock clock, Backoff backoff) {
        this.service = service;
        this.source = source;
        this.clock = clock;
        this.backoff = backoff;
    }

    /** Reports from now on, without end. Each subscriber is a viewer. */
    Multi<ServiceReport> reports(Optional<String> authorization) {
        return Multi.createFrom().emitter(viewer -> join(viewer, authorization), BackPressureStrategy.LATEST);
    }

    private synchronized void join(MultiEmitter<? super ServiceReport> viewer, Optional<String> authorization) {
        viewers.put(viewer, authorization);
        viewer.onTermination(() -> leave(viewer));
        if (contact != Contact.NONE) {
            viewer.emit(report());
        }
        if (subscription == null) {
            subscription = connect();
        }
    }

    private synchronized void leave(MultiEmitter<? super ServiceReport> viewer) {
        viewers.remove(viewer);
        refused.retainAll(viewers.values());
        if (viewers.isEmpty() && subscription != null) {
            subscription.cancel();
            subscription = null;
            contact = Contact.NONE;
            backoff.reset();
        }
    }

    private Cancellable connect() {
        return Multi.createFrom()
                .deferred(() -> source.apply(ofSomebodyHere()))
                .onCompletion()
                .failWith(() -> new IllegalStateException("the stream of statistics ended"))
                .onFailure()
                .invoke(this::lost)
                .onFailure()
                .retry()
                .when(failures -> failures.onItem()
                        .transformToUniAndConcatenate(failure -> Uni.createFrom()
                                .item(failure)
                                .onItem()
                                .delayIt()
                                .by(pauseAfter(failure))))
                .subscribe()
                .with(this::arrived, failure -> Log.errorf(failure, "statistics feed ended service=%s", service));
    }

    private synchronized void arrived(ServiceStats stats) {
        if (subscription == null) {
            return;
        }
        backoff.reset();
        latest = Optional.of(new Reading(stats, clock.instant()));
        contact = Contact.LIVE;
        tellAll();
    }

    /** The authorization of a viewer that was not refused; where all were, they are tried once more. */
    private synchronized Optional<String> ofSomebodyHere() {
        if (refused.containsAll(viewers.values())) {
            refused.clear();
        }
        used = viewers.values().stream()
                .filter(authorization -> !refused.contains(authorization))
                .findFirst()
                .orElse(Optional.empty());
        return used;
    }

    private synchronized Duration pauseAfter(Throwable failure) {
        return isRefusal(failure) && isAnotherLeft() ? SOON : backoff.next();
    }

    private boolean isAnotherLeft() {
        return !refused.containsAll(viewers.values());
    }

    private static boolean isRefusal(Throwable failure) {
        return failure instanceof WebApplicationException web
                && (web.getResponse().getStatus() == 401 || web.getResponse().getStatus() == 403);
    }

    // why not at the first loss: a stream may end for good reasons, and is then back within a moment
    private synchronized void lost(Throwable failure) {
        if (isRefusal(failure)) {
            refused.add(used);
            if (isAnotherLeft()) {
                return;
            }
        }
        switch (contact) {
            case LIVE -> contact = Contact.DOUBTFUL;
            case NONE, DOUBTFUL -> {
                Log.warnf("statistics unreachable service=%s failure=%s", service, failure.toString());
                contact = Contact.LOST;
                tellAll();
            }
            case LOST -> {}
        }
    }

    private void tellAll() {
        ServiceReport report = report();
        List.copyOf(viewers.keySet()).forEach(viewer -> viewer.emit(report));
    }

    private ServiceReport report() {
        return new ServiceReport(service, contact != Contact.LOST, latest.map(this::age), latest.map(Reading::stats));
    }

    private double age(Reading reading) {
        return Math.max(0, Duration.between(reading.at(), clock.instant()).toMillis() / 1000.0);
    }

    private enum Contact {
        /** Nobody watches, or the first try is under way. */
        NONE,
        LIVE,
        /** The stream ended and the next try is under way. */
        DOUBTFUL,
        LOST
    }

    private record Reading(ServiceStats stats, Instant at) {}
}
