package org.mcpagentic.edge.access;

import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.mcpagentic.access.limit.RateLimiter;
import org.mcpagentic.edge.problem.ProblemCode;
import org.mcpagentic.edge.problem.ProblemException;
import org.mcpagentic.store.Allowance;
import org.mcpagentic.store.Guard;
import org.mcpagentic.store.StoreException;
import org.mcpagentic.store.TenantId;

/**
 * Charges requests to their callers' rates, those without a caller to their addresses, and says what is left.
 *
 * @see <a href="https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/">RateLimit header fields for HTTP</a>
 */
@ApplicationScoped
public class Metering {

    private static final Logger LOG = Logger.getLogger(Metering.class);

    private static final String CHARGED = Metering.class.getName();
    private static final String POLICY = "RateLimit-Policy";
    private static final String LEFT = "RateLimit";

    /** For how long at most an empty bucket is believed to be empty without asking; a limit that was raised counts after it. */
    private static final long BELIEF_NANOS = Duration.ofSeconds(1).toNanos();

    private static final int MOST_BELIEFS = 10_000;

    private final Instance<RateLimiter> limiter;
    private final Arrivals arrivals;
    private final Optional<Guard.Rate> ofStrangers;

    /** Buckets that were empty, each until when: so a flood is refused here. */
    private final Map<String, Long> empty = new LinkedHashMap<>();

    Metering(Instance<RateLimiter> limiter, EdgeConfig config, Arrivals arrivals) {
        this.arrivals = arrivals;
        this.limiter = limiter;
        int most = config.unauthenticatedPerMinute();
        this.ofStrangers = most == 0
                ? Optional.empty()
                : Optional.of(new Guard.Rate("address:", Duration.ofMinutes(1).dividedBy(most), most));
    }

    /** Charges a request; fails with {@code rate_limited} where the caller has none left. Without a rate nothing happens. */
    Uni<Void> charge(RoutingContext routing, Caller caller, boolean byWrite) {
        Optional<Guard.Rate> rate = caller.bounds().rate();
        if (rate.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Guard.Rate known = rate.get();
        routing.response().putHeader(POLICY, "\"minute\";q=" + known.burst() + ";w=60");
        String name = caller.tenant() + " " + known.name();
        Optional<Duration> wait = believedEmpty(name);
        if (wait.isPresent()) {
            routing.put(CHARGED, true);
            return Uni.createFrom().failure(refused(routing.response(), wait.get()));
        }
        if (byWrite) {
            routing.addEndHandler(end -> chargeLater(routing, caller, known));
            return Uni.createFrom().voidItem();
        }
        return take(routing, caller.tenant(), known);
    }

    private Uni<Void> take(RoutingContext routing, TenantId tenant, Guard.Rate rate) {
        routing.put(CHARGED, true);
        return limiter.get()
                .take(tenant, rate)
                .invoke(left -> tell(routing.response(), left))
                .replaceWithVoid()
                .onFailure(Metering::isEmpty)
                .transform(refusal -> refused(routing.response(), believe(tenant + " " + rate.name(), refusal)));
    }

    /** What was refused before its write, or is a repeat, is charged as it ends: a flood of bad requests empties the bucket too. */
    private void chargeLater(RoutingContext routing, Caller caller, Guard.Rate rate) {
        if (routing.get(CHARGED) == null) {
            limiter.get().take(caller.tenant(), rate).subscribe().with(left -> {}, failure -> {
                if (isEmpty(failure)) {
                    believe(caller.tenant() + " " + rate.name(), failure);
                } else {
                    LOG.debugf("a request was not charged reason=%s", failure.getMessage());
                }
            });
        }
    }

    /** Says what a write has left of the caller's rate; to be called with what it returned. */
    public static void charged(RoutingContext routing, Optional<Allowance> allowance) {
        allowance.ifPresent(left -> {
            routing.put(CHARGED, true);
            tell(routing.response(), left);
        });
    }

    /** Charges a request without a good credential to its address; fails with {@code rate_limited} where that has none left. */
    Uni<Void> chargeStranger(HttpServerRequest request, HttpServerResponse response) {
        if (ofStrangers.isEmpty() || !limiter.isResolvable()) {
            return Uni.createFrom().voidItem();
        }
        Guard.Rate one = ofStrangers.get();
        Guard.Rate rate = new Guard.Rate(one.name() + arrivals.of(request).sender(), one.interval(), one.burst());
        Optional<Duration> wait = believedEmpty(rate.name());
        if (wait.isPresent()) {
            return Uni.createFrom().failure(refused(response, wait.get()));
        }
        return limiter.get()
                .take(TenantId.DEFAULT, rate)
                .replaceWithVoid()
                .onFailure(Metering::isEmpty)
                .transform(refusal -> refused(response, believe(rate.name(), refusal)))
                // why: an outage must not turn a 401 into something else
                .onFailure(failure -> !(failure instanceof ProblemException))
                .recoverWithNull();
    }

    private static boolean isEmpty(Throwable failure) {
        return failure instanceof StoreException refusal && refusal.code() == StoreException.Code.GUARD_REFUSED;
    }

    private static void tell(HttpServerResponse response, Allowance left) {
        if (!response.headWritten()) {
            response.putHeader(LEFT, "\"minute\";r=" + left.left() + ";t=" + seconds(left.full()));
        }
    }

    private static ProblemException refused(HttpServerResponse response, Duration wait) {
        response.putHeader(LEFT, "\"minute\";r=0;t=" + seconds(wait));
        return new ProblemException(ProblemCode.RATE_LIMITED, "too many requests; wait a little", wait);
    }

    private static long seconds(Duration duration) {
        return Math.max(1, duration.plusMillis(999).toSeconds());
    }

    private synchronized Optional<Duration> believedEmpty(String name) {
        Long until = empty.get(name);
        if (until == null) {
            return Optional.empty();
        }
        long left = until - System.nanoTime();
        if (left <= 0) {
            empty.remove(name);
            return Optional.empty();
        }
        return Optional.of(Duration.ofNanos(left));
    }

    /** Keeps in mind that a bucket is empty; returns for how long the store says so. */
    private synchronized Duration believe(String name, Throwable refusal) {
        Duration wait = ((StoreException) refusal).retryAfter().orElse(Duration.ofSeconds(1));
        if (empty.size() >= MOST_BELIEFS) {
            empty.remove(empty.keySet().iterator().next());
        }
        empty.put(name, System.nanoTime() + Math.min(wait.toNanos(), BELIEF_NANOS));
        return wait;
    }
}
