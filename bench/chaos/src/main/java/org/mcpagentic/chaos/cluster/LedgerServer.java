package org.mcpagentic.chaos.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.mcpagentic.chaos.history.Execution;

/** What the replicas' fixture tools do: an entry for each execution, which takes as long as the script wants. */
public final class LedgerServer implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final InstantSource clock;
    private final List<Execution> executions = new CopyOnWriteArrayList<>();

    private LedgerServer(HttpServer server, InstantSource clock) {
        this.server = server;
        this.clock = clock;
        server.setExecutor(threads);
        server.createContext("/", this::note);
        server.start();
    }

    static LedgerServer start(InstantSource clock) throws IOException {
        return new LedgerServer(
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_000), clock);
    }

    /** Where a replica notes its executions. */
    String url(int replica) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + replica;
    }

    /** All executions so far, in the order in which they began. */
    public List<Execution> executions() {
        return List.copyOf(executions);
    }

    private void note(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode asked = JSON.readTree(exchange.getRequestBody().readAllBytes());
            int replica = Integer.parseInt(exchange.getRequestURI().getPath().substring(1));
            boolean again = executions.stream()
                    .anyMatch(execution ->
                            execution.key().equals(asked.path("key").asText()));
            executions.add(new Execution(
                    asked.path("key").asText(),
                    asked.path("tool").asText(),
                    asked.path("entry").asText(),
                    replica,
                    clock.instant()));
            // why: what was begun under this key before is not begun anew
            Thread.sleep(
                    Duration.ofMillis(again ? 0 : asked.path("milliseconds").asLong()));
            byte[] answer = ("noted " + executions.size()).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
