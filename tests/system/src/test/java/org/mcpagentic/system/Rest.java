package org.mcpagentic.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One service, by HTTP. */
record Rest(URI base) {
    static final ObjectMapper JSON = new ObjectMapper();

    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .proxy(HttpClient.Builder.NO_PROXY)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private static final Duration LIMIT = Duration.ofMinutes(1);

    Rest(int port) {
        this(URI.create("http://localhost:" + port + "/"));
    }

    /** An answer as it came. */
    record Answer(URI uri, int status, Map<String, String> headers, String body) {
        /** Where its header {@code Location} leads from where it came from. */
        String link() {
            String location = headers.get("location");
            assertThat(location).as("Location of %s", uri).isNotNull();
            return uri.resolve(String.valueOf(location)).toString();
        }

        JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (JsonProcessingException e) {
                throw new AssertionError("not JSON: " + body, e);
            }
        }

        JsonNode json(int expectedStatus) {
            assertThat(status).as("%s answered %s", uri, body).isEqualTo(expectedStatus);
            return json();
        }
    }

    /** An event of a stream; its id is empty where it has none. */
    record Event(String id, String name, JsonNode data) {}

    JsonNode get(String path, String... headers) {
        HttpRequest.Builder request = request(path).GET();
        return send(headers.length == 0 ? request : request.headers(headers)).json(200);
    }

    Answer answerOf(String path) {
        return send(request(path).GET());
    }

    Answer post(String path, String body, String... headers) {
        HttpRequest.Builder request =
                request(path).POST(body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    /** All events of a stream that ends by itself. */
    List<Event> events(String path) {
        return parse(send(request(path).header("Accept", "text/event-stream").GET()));
    }

    static List<Event> parse(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return Stream.of(answer.body().split("\n\n"))
                .map(block -> block.lines()
                        .filter(line -> !line.startsWith(":"))
                        .map(line -> line.split(": ?", 2))
                        .collect(Collectors.toMap(field -> field[0], field -> field[1])))
                .filter(fields -> !fields.isEmpty())
                .map(Rest::event)
                .toList();
    }

    /** Creates a task and returns its id. */
    String create(String input, String... tools) {
        Map<String, Object> task = new HashMap<>(Map.of("input", input, "tools", tools));
        return post("task", JSON.valueToTree(task).toString())
                .json(201)
                .get("task_id")
                .asText();
    }

    /** Queues a task and does not wait. */
    void enqueue(String task) {
        assertThat(post("task/" + task + "/run", "", "Prefer", "respond-async").status())
                .isIn(200, 202);
    }

    JsonNode task(String id) {
        return get("task/" + id);
    }

    JsonNode stats() {
        return get("stats");
    }

    /** The sum of a metric's samples, of those whose line fits. */
    double metric(String name, Predicate<String> wanted) {
        return answerOf("q/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .filter(wanted)
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path))
                .timeout(LIMIT)
                .header("Authorization", "Bearer " + RunningSystem.FIRST_KEY.text());
    }

    private static Answer send(HttpRequest.Builder builder) {
        HttpRequest request = builder.build();
        try {
            HttpResponse<String> response = CLIENT.send(request, BodyHandlers.ofString());
            Map<String, String> headers = new HashMap<>();
            response.headers().map().forEach((name, values) -> headers.put(name, values.getFirst()));
            return new Answer(request.uri(), response.statusCode(), headers, response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(request.method() + " " + request.uri(), e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Event event(Map<String, String> fields) {
        try {
            return new Event(
                    fields.getOrDefault("id", ""),
                    fields.getOrDefault("event", "message"),
                    JSON.readTree(fields.getOrDefault("data", "null")));
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + fields, e);
        }
    }
}
