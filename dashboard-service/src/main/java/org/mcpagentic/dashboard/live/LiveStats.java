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
import java.util.concurrent.TimeUnit;
import org.jboss.resteasy.reactive.client.SseEvent;
import org.mcpagentic.dashboard.upstream.BaseUrl;
import org.mcpagentic.dashboard.upstream.ServiceStats;
import org.mcpagentic.dashboard.upstream.StatsClient;
import org.mcpagentic.dashboard.upstream.UpstreamConfig;

/** The statistics of both services, live. */
@ApplicationScoped
public class LiveStats {
    private final StatsFeed tasks;
    private final StatsFeed questions;

    LiveStats(UpstreamConfig config, ObjectMapper json, Clock clock) {
        this.tasks = feed("custom-mcp", config.customMcp(), config, json.readerFor(ServiceStats.class), clock);
        this.questions = feed("public-mcp", config.publicMcp(), config, json.readerFor(ServiceStats.class), clock);
    }

    /** Reports of both services from now on, without end; one that is slow skips to the latest of each. */
    Multi<ServiceReport> reports() {
        return Multi.createBy().merging().withRequests(1).streams(tasks.reports(), questions.reports());
    }

    @Produces
    @DefaultBean
    @ApplicationScoped
    static Clock clock() {
        return Clock.systemUTC();
    }

    private static StatsFeed feed(
            String service, BaseUrl url, UpstreamConfig config, ObjectReader reader, Clock clock) {
        StatsClient client = QuarkusRestClientBuilder.newBuilder()
                .baseUri(url.uri())
                .connectTimeout(config.connectTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .readTimeout(config.statsSilence().toMillis(), TimeUnit.MILLISECONDS)
                .build(StatsClient.class);
        return new StatsFeed(
                service,
                () -> client.stats().filter(LiveStats::isStats).map(event -> read(reader, event.data())),
                clock,
                new Backoff(new SecureRandom()));
    }

    private static boolean isStats(SseEvent<String> event) {
        return "stats".equals(event.name());
    }

    private static ServiceStats read(ObjectReader reader, String json) {
        try {
            return reader.readValue(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(new IOException("statistics cannot be read", e));
        }
    }
}
