package org.mcpagentic.containers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A client of the proxy, which it reaches on this machine under the public host's name.
 *
 * @param host the Ingress' host
 * @param key an API key, which each request carries
 */
record Client(String host, String key) {

    static final ObjectMapper JSON = new ObjectMapper();

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .proxy(HttpClient.Builder.NO_PROXY)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    /** What was answered. */
    record Answer(URI uri, int status, Map<String, java.util.List<String>> headers, String body) {

        Optional<String> header(String name) {
            return headers.entrySet().stream()
                    .filter(header -> header.getKey().equalsIgnoreCase(name))
                    .map(header -> header.getValue().getFirst())
                    .findFirst();
        }

        JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (JsonProcessingException e) {
                throw new AssertionError("not JSON: " + body, e);
            }
        }

        /** Where a link of this answer leads, as path. */
        String resolve(String link) {
            return uri.resolve(link).getPath();
        }
    }

    static String json(Map<String, ?> object) {
        return JSON.valueToTree(object).toString();
    }

    Answer get(String path, String... headers) throws IOException {
        return send(request(path, headers).GET());
    }

    Answer post(String path, String body, String... headers) throws IOException {
        return send(
                request(path, headers).POST(body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body)));
    }

    private static Answer send(HttpRequest.Builder request) throws IOException {
        try {
            HttpResponse<String> response = HTTP.send(request.build(), BodyHandlers.ofString());
            return new Answer(
                    response.uri(), response.statusCode(), response.headers().map(), response.body());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Opens a stream of server-sent events. */
    Stream open(HttpRequest.Builder request) {
        try {
            HttpResponse<InputStream> response = HTTP.send(
                    request.header("Accept", "application/json, text/event-stream")
                            .build(),
                    BodyHandlers.ofInputStream());
            return new Stream(
                    response, new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + SmallCluster.INGRESS_PORT + path))
                .timeout(Duration.ofSeconds(60))
                .header("Host", host)
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json");
        return headers.length == 0 ? request : request.headers(headers);
    }

    /** Events as they come; closing it is going away. */
    record Stream(HttpResponse<InputStream> response, BufferedReader lines) implements AutoCloseable {

        /** The data of the next event; nothing at the stream's end. */
        Optional<JsonNode> next() {
            try {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.startsWith("data: ") && line.length() > "data: ".length()) {
                        return Optional.of(JSON.readTree(line.substring("data: ".length())));
                    }
                }
                return Optional.empty();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            try {
                lines.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
