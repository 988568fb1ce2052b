package org.mcpagentic.dashboard.live;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.quarkus.arc.DefaultBean;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.smallrye.mutiny.Multi;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jboss.resteasy.reactive.client.SseEvent;
import org.mcpagentic.dashboard.upstream.BaseUrl;
import org.mcpagentic.dashboard.upstream.ServiceStats;
import org.mcpagentic.dashboard.upstream.StatsClient;
import org.mcpagentic.dashboard.upstream.UpstreamConfig;
import org.mcpagentic.store.TenantId;

/** The statistics of both services, live, for each tenant its own. */
@ApplicationScoped
public class LiveStats {
    private final StatsClient tasks;
    private final StatsClient questions;
    private final ObjectReader reader;
    private final Clock clock;

    /** As many as there are tenants, of whom there are few: what was known last is shown at once when somebody comes back. */
    private final Map<TenantId, Feeds> feeds = new ConcurrentHashMap<>();

    LiveStats(UpstreamConfig config, ObjectMapper json, Clock clock) {
        this.tasks = client(config.customMcp(), config);
        this.questions = client(config.publicMcp(), config);
        this.reader = json.readerFor(ServiceStats.class);
        this.clock = clock;
    }

    /**
     * Reports of both services from now on, without end; one that is slow skips to the latest of each.
     *
     * @param tenant whose figures they are
     * @param authorization of the viewer, where access control is on; the services may be asked by it for all viewers of the tenant
     */
    Multi<ServiceReport> reports(TenantId tenant, Optional<String> authorization) {
        Feeds both = feeds.computeIfAbsent(
                tenant, seen -> new Feeds(feed("custom-mcp", tasks), feed("public-mcp", questions)));
        return Multi.createBy()
                .merging()
                .withRequests(1)
                .streams(both.tasks().reports(authorization), both.questions().reports(authorization));
    }

    @Produces
    @DefaultBean
    @ApplicationScoped
    static Clock clock() {
        return Clock.systemUTC();
    }

    private static StatsClient client(BaseUrl url, UpstreamConfig config) {
        return QuarkusRestClientBuilder.newBuilder()
                .baseUri(url.uri())
                .connectTimeout(config.connectTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .readTimeout(config.statsSilence().toMillis(), TimeUnit.MILLISECONDS)
                .build(StatsClient.class);
    }

    private StatsFeed feed(String service, StatsClient client) {
        return new StatsFeed(
                service,
                authorization -> client.stats(authorization.orElse(null))
                        .filter(LiveStats::isStats)
                        .map(event -> read(event.data())),
                clock,
                new Backoff(new SecureRandom()));
    }

    private static boolean isStats(SseEvent<String> event) {
        return "stats".equals(event.name());
    }

    private ServiceStats read(String json) {
        try {
            return reader.readValue(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(new IOException("statistics cannot be read", e));
        }
    }

    private record Feeds(StatsFeed tasks, StatsFeed questions) {}
}
