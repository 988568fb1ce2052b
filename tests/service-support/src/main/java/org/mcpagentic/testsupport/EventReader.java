package org.mcpagentic.testsupport;

import io.restassured.path.json.JsonPath;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A client of server-sent events; closing it is going away. */
public final class EventReader implements AutoCloseable {

    private final HttpClient client;
    private final HttpResponse<InputStream> response;
    private final BufferedReader lines;

    /** One event as it came. */
    public record Event(OptionalLong id, String name, JsonPath data) {}

    private EventReader(HttpClient client, HttpResponse<InputStream> response) {
        this.client = client;
        this.response = response;
        this.lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    }

    /** Sends a request, whose headers come in pairs, and returns when the head of its answer is there. */
    public static EventReader send(HttpRequest.Builder request, String... headers) {
        request.header("Accept", "text/event-stream");
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        try {
            return new EventReader(client, client.send(request.build(), BodyHandlers.ofInputStream()));
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("no answer", e);
        }
    }

    public static EventReader get(int port, String path, String... headers) {
        return send(HttpRequest.newBuilder(URI.create("http://localhost:" + port + path)), headers);
    }

    public int status() {
        return response.statusCode();
    }

    public Optional<String> header(String name) {
        return response.headers().firstValue(name);
    }

    /** The next event; empty at the stream's end. */
    public Optional<Event> next() {
        OptionalLong id = OptionalLong.empty();
        String name = "";
        String data = "";
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("id: ")) {
                    id = OptionalLong.of(Long.parseLong(line.substring(4)));
                } else if (line.startsWith("event: ")) {
                    name = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    data = line.substring(6);
                } else if (line.isEmpty() && !name.isEmpty()) {
                    return Optional.of(new Event(id, name, JsonPath.from(data)));
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new IllegalStateException("the stream broke", e);
        }
    }

    /** The next event of a name; fails where the stream ends before it. */
    public Event next(String name) {
        Event event = next().orElseThrow(() -> new AssertionError("the stream ended before an event " + name));
        return event.name().equals(name) ? event : next(name);
    }

    /** All events up to the stream's end. */
    public List<Event> rest() {
        List<Event> events = new ArrayList<>();
        for (Optional<Event> event = next(); event.isPresent(); event = next()) {
            events.add(event.get());
        }
        return events;
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
