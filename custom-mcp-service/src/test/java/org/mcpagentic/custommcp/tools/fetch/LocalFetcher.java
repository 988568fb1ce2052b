package org.mcpagentic.custommcp.tools.fetch;

import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.Map;
import org.mcpagentic.testsupport.Settings;

/** A fetcher that may ask the servers of a test. */
public final class LocalFetcher implements AutoCloseable {

    private final Vertx vertx = Vertx.vertx();
    private final FetchConfig config;
    private final Fetcher fetcher;

    private LocalFetcher(FetchConfig config) {
        this.config = config;
        this.fetcher = new Fetcher(vertx, new Names(), config);
    }

    /** @param settings without their prefix */
    public static LocalFetcher trusting(LoopbackServer server, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>();
        settings.forEach((name, value) -> all.put("tools.http-fetch." + name, value));
        all.put("tools.http-fetch.trusted", "127.0.0.1:" + server.port());
        return new LocalFetcher(Settings.of(FetchConfig.class, all));
    }

    public FetchConfig config() {
        return config;
    }

    public Fetcher fetcher() {
        return fetcher;
    }

    @Override
    public void close() {
        fetcher.stop();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
