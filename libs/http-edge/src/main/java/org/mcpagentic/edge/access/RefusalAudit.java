package org.mcpagentic.edge.access;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.mcpagentic.access.AccessConfig;
import org.mcpagentic.access.audit.RefusalLog;
import org.mcpagentic.edge.problem.ProblemCode;
import org.mcpagentic.store.TenantId;

/** Has refusals written down: who was refused what, and why. */
@ApplicationScoped
class RefusalAudit {

    private static final Set<Integer> REFUSALS = Set.of(401, 403, 429);
    private static final Duration BEAT = Duration.ofSeconds(5);
    private static final String CODE = RefusalAudit.class.getName();

    private final Instance<RefusalLog> log;
    private final Arrivals arrivals;
    private final boolean enabled;
    private final Vertx vertx;
    private Optional<Long> timer = Optional.empty();

    RefusalAudit(Instance<RefusalLog> log, AccessConfig config, Arrivals arrivals, Vertx vertx) {
        this.arrivals = arrivals;
        this.log = log;
        this.enabled = config.enabled();
        this.vertx = vertx;
    }

    void start(@Observes StartupEvent event) {
        if (enabled) {
            timer = Optional.of(vertx.setPeriodic(
                    BEAT.toMillis(), beat -> log.get().flush(false).subscribe().with(done -> {})));
        }
    }

    void stop(@Observes ShutdownEvent event) {
        timer.ifPresent(vertx::cancelTimer);
        if (enabled) {
            log.get().flush(true).subscribe().with(done -> {});
        }
    }

    /** Looks at how a request ends. */
    void watch(RoutingContext routing, Optional<Route> route) {
        if (enabled) {
            routing.addEndHandler(end -> ended(routing, route));
        }
    }

    /** Says why the gate refuses. */
    static void because(RoutingContext routing, ProblemCode code) {
        routing.put(CODE, code.wireName());
    }

    private void ended(RoutingContext routing, Optional<Route> route) {
        int status = routing.response().getStatusCode();
        if (!REFUSALS.contains(status)) {
            return;
        }
        Optional<Caller> caller = Caller.known(routing);
        if (status == 401 && routing.get(CODE) == null) {
            // why: an open route that refuses a proof writes that down itself
            return;
        }
        String code = Optional.ofNullable((String) routing.get(CODE)).orElse("status_" + status);
        // why not waited for: the answer is out, and RefusalLog never fails
        log.get()
                .refused(
                        caller.map(Caller::tenant).orElse(TenantId.DEFAULT),
                        caller.map(known -> known.owner().value())
                                .orElseGet(() -> arrivals.of(routing.request()).sender()),
                        code,
                        route.map(Route::toString).orElse("unknown route"))
                .subscribe()
                .with(done -> {});
    }
}
