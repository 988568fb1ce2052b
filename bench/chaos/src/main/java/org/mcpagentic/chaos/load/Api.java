package org.mcpagentic.chaos.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import org.mcpagentic.chaos.cluster.Cluster;

/** The replicas' REST interface, one request at a time. For any number of threads. */
public final class Api implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private final Cluster cluster;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    public Api(Cluster cluster) {
        this.cluster = cluster;
    }

    /** What came back. */
    public record Answer(int status, boolean replayed, JsonNode body) {

        public boolean isGood() {
            return status / 100 == 2;
        }

        /** The problem's code; empty where it is none. */
        public String code() {
            return body.path("code").asText();
        }
    }

    public int replicas() {
        return cluster.replicas();
    }

    /** @throws IOException where no answer comes in time */
    public Answer get(int replica, String path) throws IOException, InterruptedException {
        return send(request(replica, path).GET().build());
    }

    /** @throws IOException where no answer comes in time */
    public Answer post(int replica, String path, Map<String, String> headers, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = request(replica, path);
        headers.forEach(request::header);
        if (body.isEmpty()) {
            request.POST(BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/json").POST(BodyPublishers.ofString(body));
        }
        return send(request.build());
    }

    /** A stream of events behind the one that was seen last. */
    HttpResponse<InputStream> events(int replica, String task, int last) throws IOException, InterruptedException {
        return client.send(
                request(replica, "/task/" + task + "/events")
                        .header("Accept", "text/event-stream")
                        .header("Last-Event-ID", Integer.toString(last))
                        .build(),
                BodyHandlers.ofInputStream());
    }

    private HttpRequest.Builder request(int replica, String path) {
        return HttpRequest.newBuilder(cluster.address(replica, path)).timeout(PATIENCE);
    }

    private Answer send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
        return new Answer(
                response.statusCode(),
                response.headers()
                        .firstValue("Idempotency-Replayed")
                        .map(Boolean::parseBoolean)
                        .orElse(false),
                response.body().startsWith("{") ? JSON.readTree(response.body()) : MissingNode.getInstance());
    }

    @Override
    public void close() {
        client.shutdownNow();
        client.close();
    }
}
