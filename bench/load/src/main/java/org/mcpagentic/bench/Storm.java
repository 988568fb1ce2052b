package org.mcpagentic.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.mcpagentic.localredis.LocalRedis;
import org.mcpagentic.stubmodel.Reply;
import org.mcpagentic.stubmodel.StubModel;

/** More tasks than a provider allows requests in a minute: all have to succeed, and none may come back sooner than told. */
final class Storm {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private Storm() {}

    static boolean run(int tasks, int perMinute) throws Exception {
        try (LocalRedis redis = LocalRedis.start();
                StubModel model = StubModel.builder()
                        .allowing(perMinute, MINUTE)
                        .keepingRequests(20 * tasks)
                        .build();
                ServiceProcess service = ServiceProcess.start(
                        "custom-mcp-service",
                        "256m",
                        Map.of(
                                "REDIS_URL",
                                redis.url(),
                                "ACCESS_ENABLED",
                                "false",
                                "GEMINI_API_KEY",
                                "none",
                                "GEMINI_BASE_URL",
                                model.geminiBase().toString()));
                HttpClient client = HttpClient.newHttpClient()) {
            model.byDefault(Reply.text("well").firstTokenAfter(Duration.ofMillis(200)));
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < tasks; i++) {
                JsonNode task = post(client, service.address("/task"), "{\"input\":\"storm " + i + "\"}");
                ids.add(task.path("task_id").asText());
            }
            long begin = System.nanoTime();
            for (String id : ids) {
                post(client, service.address("/task/" + id + "/run"), "");
            }
            Duration limit = MINUTE.multipliedBy(3L + 2L * tasks / perMinute);
            long succeeded = 0;
            long ended = 0;
            while (ended < tasks && System.nanoTime() - begin < limit.toNanos()) {
                Thread.sleep(1_000);
                JsonNode stats = get(client, service.address("/stats"));
                succeeded = stats.path("successful_queries").asLong();
                ended = succeeded + stats.path("failed_queries").asLong();
            }
            System.out.printf(
                    "%d of %d tasks succeeded, %d failed, in %.1f s at %d requests a minute%n",
                    succeeded, tasks, ended - succeeded, (System.nanoTime() - begin) / 1e9, perMinute);
            System.out.printf(
                    "requests: %d, by status %s; sooner than told: %d%n",
                    model.requestCount(),
                    model.answersByStatus(),
                    model.earlyRequests().size());
            return succeeded == tasks && model.earlyRequests().isEmpty();
        }
    }

    private static JsonNode post(HttpClient client, URI address, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(address)
                .header("Content-Type", "application/json")
                .header("Prefer", "respond-async")
                .POST(body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        return JSON.readTree(client.send(request, BodyHandlers.ofString()).body());
    }

    private static JsonNode get(HttpClient client, URI address) throws Exception {
        return JSON.readTree(client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
                .body());
    }
}
