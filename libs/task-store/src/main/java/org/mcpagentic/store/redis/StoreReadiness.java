package org.mcpagentic.store.redis;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

/**
 * Ready from the first answer of Redis on, and no longer once it has been away for 60 s. Why not at once: without a ready
 * endpoint nobody would get the problem document that says what is wrong and when to come back.
 */
@Readiness
@Startup
@ApplicationScoped
class StoreReadiness implements AsyncHealthCheck {

    private static final Duration TOLERANCE = Duration.ofSeconds(60);

    private final RedisBeans beans;
    private final RedisStore store;
    private volatile long lastAnswer;
    private volatile boolean everAnswered;

    StoreReadiness(RedisBeans beans, RedisStore store) {
        this.beans = beans;
        this.store = store;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return beans.opened()
                .ifNoItem()
                .after(Duration.ofMillis(500))
                .fail()
                .invoke(this::countOpeningAsAnswer)
                .chain(store::answers)
                .onFailure()
                .recoverWithItem(false)
                .map(this::judge);
    }

    /** Redis answered when the store was opened, whether or not a probe has seen it answer since. */
    private void countOpeningAsAnswer() {
        if (!everAnswered) {
            lastAnswer = System.nanoTime();
            everAnswered = true;
        }
    }

    private HealthCheckResponse judge(boolean answers) {
        long now = System.nanoTime();
        if (answers) {
            lastAnswer = now;
            everAnswered = true;
        }
        boolean ready = everAnswered && now - lastAnswer < TOLERANCE.toNanos();
        return HealthCheckResponse.named("store")
                .status(ready)
                .withData("redis", answers ? "answers" : "away")
                .build();
    }
}
