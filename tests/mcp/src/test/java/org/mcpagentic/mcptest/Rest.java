package org.mcpagentic.mcptest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** One service's REST interface, used by the holder of the first key. */
record Rest(int port) {
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .proxy(HttpClient.Builder.NO_PROXY)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private static final Duration LIMIT = Duration.ofMinutes(1);

    /** An answer as it came. */
    record Answer(String what, int status, HttpHeaders headers, String body) {
        JsonNode json(int expectedStatus) {
            assertThat(status).as("%s answered %s", what, body).isEqualTo(expectedStatus);
            return Json.parse(body);
        }
    }

    JsonNode get(String path) {
        return send(request(path).GET()).json(200);
    }

    Answer answerOf(String path) {
        return send(request(path).GET());
    }

    /** Posts JSON; an empty body posts nothing. */
    Answer post(String path, String body, String... headers) {
        HttpRequest.Builder request =
                request(path).POST(body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/" + path))
                .timeout(LIMIT)
                .header("Authorization", "Bearer " + CustomService.KEY);
    }

    private static Answer send(HttpRequest.Builder builder) {
        HttpRequest request = builder.build();
        String what = request.method() + " " + request.uri();
        try {
            HttpResponse<String> response = CLIENT.send(request, BodyHandlers.ofString());
            return new Answer(what, response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(what, e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
