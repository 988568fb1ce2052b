package org.mcpagentic.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.mcpagentic.localredis.FreePort;
import org.mcpagentic.localredis.GuardedProcess;
import org.mcpagentic.testsupport.Until;

/** A Prometheus of the test's own on the loopback interface, which looks at services every second and evaluates all rules. */
final class Prometheus implements AutoCloseable {

    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .proxy(HttpClient.Builder.NO_PROXY)
            .build();
    private static final ObjectMapper JSON = new ObjectMapper();

    private final int port;
    private final GuardedProcess process;

    private Prometheus(int port, GuardedProcess process) {
        this.port = port;
        this.process = process;
    }

    /**
     * Starts it and returns when it answers.
     *
     * @param ports where the service of each name listens
     */
    static Prometheus start(Path folder, Map<String, Integer> ports) throws IOException {
        String jobs = ports.entrySet().stream()
                .map(service ->
                        """
                        - job_name: %s
                          metrics_path: /q/metrics
                          static_configs: [{targets: ['127.0.0.1:%d']}]
                        """.formatted(service.getKey(), service.getValue()).indent(2))
                .collect(Collectors.joining());
        Path configuration = Files.writeString(folder.resolve("prometheus.yml"), """
            global: {scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s}
            rule_files: ['%s/*.yaml']
            scrape_configs:
            %s\
            """.formatted(Monitoring.RULES, jobs));
        int port = FreePort.any();
        List<String> lines = new CopyOnWriteArrayList<>();
        GuardedProcess process = GuardedProcess.start(
                List.of(
                        "prometheus",
                        "--config.file=" + configuration,
                        "--storage.tsdb.path=" + folder.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port,
                        "--log.level=warn"),
                Map.of(),
                Duration.ofSeconds(10),
                Optional.empty(),
                lines::add);
        Prometheus prometheus = new Prometheus(port, process);
        Until.holds(
                "Prometheus is ready: " + lines,
                Duration.ofSeconds(30),
                () -> !process.isAlive() || prometheus.isReady());
        if (!process.isAlive()) {
            throw new AssertionError(String.join("\n", lines));
        }
        return prometheus;
    }

    /**
     * What an expression comes to now, without what is no number.
     *
     * @throws AssertionError where Prometheus refuses it
     */
    List<String> finite(String expression) {
        JsonNode answer = get("api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8));
        if (!answer.path("status").asText().equals("success")) {
            throw new AssertionError(expression + ": " + answer);
        }
        return Monitoring.each(answer.at("/data/result"))
                .filter(series ->
                        Double.isFinite(Double.parseDouble(series.at("/value/1").asText())))
                .map(series ->
                        series.path("metric") + " " + series.at("/value/1").asText())
                .toList();
    }

    /** The rules that it could not evaluate. */
    List<String> brokenRules() {
        return Monitoring.each(get("api/v1/rules").at("/data/groups"))
                .flatMap(group -> Monitoring.each(group.path("rules")))
                .filter(rule -> !rule.path("health").asText().equals("ok"))
                .map(rule -> rule.path("name").asText() + ": "
                        + rule.path("lastError").asText())
                .toList();
    }

    private boolean isReady() {
        try {
            return send("-/ready").statusCode() == 200;
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }

    private JsonNode get(String path) {
        try {
            return JSON.readTree(send(path).body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpResponse<String> send(String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/" + path))
                .timeout(Duration.ofSeconds(30))
                .build();
        try {
            return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.stop();
    }
}
