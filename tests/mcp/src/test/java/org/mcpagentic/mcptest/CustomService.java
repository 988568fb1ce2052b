package org.mcpagentic.mcptest;

import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.mcpagentic.access.token.Token;
import org.mcpagentic.localredis.LocalRedis;
import org.mcpagentic.stubmodel.StubModel;
import org.mcpagentic.testsupport.PackagedService;
import org.mcpagentic.testsupport.Until;

/**
 * custom-mcp-service as it is packaged: replicas on one Redis, each caller with a key, and a model that says what the test tells it
 * to.
 */
final class CustomService implements AutoCloseable {
    /** The API key of everybody here, with all rights. */
    static final String KEY = Token.random(Token.Kind.KEY, 0).text();

    private static final String SECRET = Base64.getEncoder().encodeToString(new byte[32]);

    private final LocalRedis redis;
    private final StubModel model;
    private final List<PackagedService> replicas;

    private CustomService(LocalRedis redis, StubModel model, List<PackagedService> replicas) {
        this.redis = redis;
        this.model = model;
        this.replicas = replicas;
    }

    /** Starts replicas and returns when all are ready and the key is known. */
    static CustomService start(int count, Map<String, String> more) {
        LocalRedis redis = LocalRedis.start();
        StubModel model = StubModel.start();
        Map<String, String> settings = settings(redis, model);
        settings.putAll(more);
        List<PackagedService> replicas = IntStream.range(0, count)
                .mapToObj(replica -> PackagedService.launch(NodeTools.CHECKOUT.resolve("custom-mcp-service"), settings))
                .toList();
        CustomService service = new CustomService(redis, model, replicas);
        try {
            replicas.forEach(PackagedService::awaitReady);
            Until.holds(
                    "the first key is known",
                    Duration.ofSeconds(30),
                    () -> service.rest(0).answerOf("stats").status() == 200);
        } catch (AssertionError failure) {
            service.close();
            throw failure;
        }
        return service;
    }

    private static Map<String, String> settings(LocalRedis redis, StubModel model) {
        return new HashMap<>(Map.of(
                "REDIS_URL",
                redis.url(),
                "MODEL",
                "openai",
                "OPENAI_BASE_URL",
                model.openAiBase().toString(),
                "OPENAI_MODEL",
                "scripted",
                "OPENAI_API_KEY",
                "of-tests",
                "ACCESS_SECRET",
                SECRET,
                "ACCESS_FIRST_KEY",
                KEY));
    }

    /** Starts public-mcp-service beside it, on the same Redis and with the same keys; the offline model answers there. */
    PackagedService startPublic(int port) {
        Map<String, String> settings = settings(redis, model);
        settings.put("MODEL", "offline");
        settings.put("QUARKUS_HTTP_PORT", Integer.toString(port));
        return PackagedService.start(NodeTools.CHECKOUT.resolve("public-mcp-service"), settings);
    }

    StubModel model() {
        return model;
    }

    PackagedService replica(int number) {
        return replicas.get(number);
    }

    List<Integer> ports() {
        return replicas.stream().map(PackagedService::port).toList();
    }

    Rest rest(int replica) {
        return new Rest(replicas.get(replica).port());
    }

    /** Where a replica serves MCP. */
    URI mcp(int replica) {
        return URI.create("http://localhost:" + replicas.get(replica).port() + "/mcp");
    }

    @Override
    public void close() {
        replicas.forEach(PackagedService::close);
        model.close();
        redis.close();
    }
}
