package org.mcpagentic.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Someone who uses a service; what is refused, and what fails, is part of the load. */
final class Client {

    private static final String MODERN = "2026-07-28";
    private static final String LEGACY = "2025-11-25";

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .proxy(HttpClient.Builder.NO_PROXY)
            .build();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final AtomicLong IDS = new AtomicLong();

    private final int port;
    private final String key;

    Client(int port, String key) {
        this.port = port;
        this.key = key;
    }

    JsonNode get(String path) {
        return send(request(path).GET());
    }

    JsonNode post(String path, String body) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body)));
    }

    /** A request of the current revision. */
    void mcp(String method, String tool, String arguments) {
        String call = tool.isEmpty() ? "" : "\"name\":\"%s\",\"arguments\":%s,".formatted(tool, arguments);
        HttpRequest.Builder request =
                mcpRequest().header("MCP-Protocol-Version", MODERN).header("Mcp-Method", method);
        if (!tool.isEmpty()) {
            request.header("Mcp-Name", tool);
        }
        send(request.POST(BodyPublishers.ofString("""
            {"jsonrpc":"2.0","id":%d,"method":"%s","params":{%s"_meta":{
              "io.modelcontextprotocol/protocolVersion":"%s","io.modelcontextprotocol/clientCapabilities":{}}}}\
            """.formatted(IDS.incrementAndGet(), method, call, MODERN))));
    }

    /** The greeting of an earlier revision. */
    void greetAsBefore() {
        send(mcpRequest().POST(BodyPublishers.ofString("""
            {"jsonrpc":"2.0","id":%d,"method":"initialize","params":{"protocolVersion":"%s","capabilities":{},
              "clientInfo":{"name":"load","version":"1"}}}\
            """.formatted(IDS.incrementAndGet(), LEGACY))));
    }

    private HttpRequest.Builder mcpRequest() {
        return request("/mcp")
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream");
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + key);
    }

    private static JsonNode send(HttpRequest.Builder request) {
        try {
            return JSON.readTree(HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString())
                    .body());
        } catch (IOException unusable) {
            return MissingNode.getInstance();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return MissingNode.getInstance();
        }
    }
}
