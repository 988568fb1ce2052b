package org.mcpagentic.custommcp.util;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import org.mcpagentic.localredis.LocalRedis;
import org.mcpagentic.publicmcp.Routes;

/** Breaks rules on purpose: a service knows another and ships a Redis, in a package without a job, blocking, off the clock. */
final class PlantedInUtil {

    final Routes routes = new Routes();

    String block() {
        try (LocalRedis redis = LocalRedis.start()) {
            return Uni.createFrom().item(redis.url() + Instant.now()).await().indefinitely();
        }
    }
}
