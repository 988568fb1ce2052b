package org.mcpagentic.mcptest;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mcpagentic.localredis.FreePort;

/** What the other tests believe of the proxy. */
class RoundRobinTest {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Test
    void requestsAlternateAndKeepHostHeadersAndBody() throws Exception {
        HttpServer first = replica(exchange -> answer(exchange, "first " + seen(exchange)));
        HttpServer second = replica(exchange -> answer(exchange, "second " + seen(exchange)));

        try (RoundRobin proxy = RoundRobin.over(ports(first, second))) {
            List<String> answers = IntStream.range(0, 4)
                    .mapToObj(number -> post(proxy, "body " + number))
                    .toList();

            String host = "localhost:" + proxy.uri("/").getPort();
            assertThat(answers)
                    .containsExactly(
                            "first POST /mcp?x=1 " + host + " house body 0",
                            "second POST /mcp?x=1 " + host + " house body 1",
                            "first POST /mcp?x=1 " + host + " house body 2",
                            "second POST /mcp?x=1 " + host + " house body 3");
            assertThat(proxy.passed()).containsExactly(2, 2);
        }
        first.stop(0);
        second.stop(0);
    }

    @Test
    void aStreamIsPassedOnWhileItIsWritten() throws Exception {
        CountDownLatch read = new CountDownLatch(1);
        HttpServer replica = replica(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("data: one\n\n".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            awaitQuietly(read);
            exchange.getResponseBody().write("data: two\n\n".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });

        try (RoundRobin proxy = RoundRobin.over(ports(replica))) {
            HttpResponse<java.io.InputStream> response =
                    CLIENT.send(HttpRequest.newBuilder(proxy.uri("/mcp")).build(), BodyHandlers.ofInputStream());
            BufferedReader body = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
            String beforeTheEnd = body.readLine();
            read.countDown();

            assertThat(beforeTheEnd).isEqualTo("data: one");
            assertThat(body.lines()).contains("data: two");
        }
        replica.stop(0);
    }

    @Test
    void aReplicaThatIsGoneIsLeftOut() throws Exception {
        HttpServer alive = replica(exchange -> answer(exchange, "alive"));

        try (RoundRobin proxy =
                RoundRobin.over(List.of(FreePort.any(), alive.getAddress().getPort()))) {
            List<String> answers =
                    IntStream.range(0, 3).mapToObj(number -> post(proxy, "x")).toList();

            assertThat(answers).containsOnly("alive");
            assertThat(proxy.passed()).containsExactly(0, 3);
        }
        alive.stop(0);
    }

    private static HttpServer replica(HttpHandler handler) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", handler);
        server.start();
        return server;
    }

    private static List<Integer> ports(HttpServer... servers) {
        return List.of(servers).stream()
                .map(server -> server.getAddress().getPort())
                .toList();
    }

    private static String seen(HttpExchange exchange) throws IOException {
        return "%s %s %s %s %s"
                .formatted(
                        exchange.getRequestMethod(),
                        exchange.getRequestURI(),
                        exchange.getRequestHeaders().getFirst("Host"),
                        exchange.getRequestHeaders().getFirst("X-From"),
                        new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    }

    private static void answer(HttpExchange exchange, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static String post(RoundRobin proxy, String body) {
        try {
            return CLIENT.send(
                            HttpRequest.newBuilder(proxy.uri("/mcp?x=1"))
                                    .header("X-From", "house")
                                    .POST(BodyPublishers.ofString(body))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
