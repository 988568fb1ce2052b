package org.mcpagentic.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.mcpagentic.access.token.Token;
import org.mcpagentic.localredis.FreePort;
import org.mcpagentic.localredis.LocalRedis;
import org.mcpagentic.stubmodel.ModelRequest;
import org.mcpagentic.stubmodel.Reply;
import org.mcpagentic.stubmodel.StubModel;
import org.mcpagentic.testsupport.PackagedService;

/**
 * The three packaged services on a Redis of their own, access control on, and people who make them do all that there is a metric of:
 * what succeeds, and what goes wrong.
 */
final class SystemUnderLoad implements AutoCloseable {

    private static final String SECRET = "bW9uaXRvcmluZy1tb25pdG9yaW5nLW1vbml0b3Jpbmc=";
    private static final Duration PAUSE = Duration.ofMillis(300);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String key = Token.random(Token.Kind.KEY, 0).text();
    private final Path archive;
    private final LocalRedis redis;
    private final StubModel model;
    private final Map<String, PackagedService> services = new LinkedHashMap<>();
    private final ExecutorService people = Executors.newVirtualThreadPerTaskExecutor();

    private SystemUnderLoad(Path folder) throws IOException {
        archive = Files.createDirectory(folder.resolve("archive"));
        redis = LocalRedis.builder()
                .dataFolder(Files.createDirectory(folder.resolve("redis")))
                .option("maxmemory", "256mb")
                .start();
        model = StubModel.start();
        model.answering(SystemUnderLoad::replyTo);
    }

    static SystemUnderLoad start(Path folder) throws IOException {
        SystemUnderLoad system = new SystemUnderLoad(folder);
        try {
            system.startServices(folder);
            return system;
        } catch (IOException | RuntimeException | AssertionError failure) {
            system.close();
            throw failure;
        }
    }

    private void startServices(Path folder) throws IOException {
        int publicPort = FreePort.any();
        Path models = Files.writeString(folder.resolve("public.properties"), models());
        Path work = Files.writeString(folder.resolve("custom.properties"), models() + work(publicPort));
        launch("public-mcp-service", models, Map.of("QUARKUS_HTTP_PORT", Integer.toString(publicPort)));
        PackagedService custom = launch("custom-mcp-service", work, Map.of("ARCHIVE_FOLDER", archive.toString()));
        launch(
                "dashboard-service",
                models,
                Map.of(
                        "CUSTOM_MCP_URL", "http://localhost:" + custom.port(),
                        "PUBLIC_MCP_URL", "http://localhost:" + publicPort));
        services.values().forEach(PackagedService::awaitReady);
    }

    private PackagedService launch(String name, Path settings, Map<String, String> more) {
        Map<String, String> environment = new LinkedHashMap<>(Map.of(
                "REDIS_URL",
                redis.url(),
                "ACCESS_SECRET",
                SECRET,
                "ACCESS_FIRST_KEY",
                key,
                "MODEL",
                "steady",
                "QUARKUS_CONFIG_LOCATIONS",
                settings.toString()));
        environment.putAll(more);
        PackagedService service = PackagedService.launch(Monitoring.CHECKOUT.resolve(name), environment);
        services.put(name, service);
        return service;
    }

    /** Where each service listens, by its name. */
    Map<String, Integer> ports() {
        Map<String, Integer> ports = new LinkedHashMap<>();
        services.forEach((name, service) -> ports.put(name, service.port()));
        return ports;
    }

    /** A model for each way in which models do and do not answer. */
    private String models() {
        StringBuilder properties = new StringBuilder();
        for (String name : List.of("steady", "limited", "spent", "locked-out", "shaky", "down")) {
            properties.append("""
                agent.models.%1$s.provider=openai
                agent.models.%1$s.id=%1$s
                agent.models.%1$s.base-url=%2$s
                agent.models.%1$s.api-key=of-tests
                agent.models.%1$s.price.input=1000
                agent.models.%1$s.price.output=4000
                agent.models.%1$s.timeout.turn=3s
                """.formatted(name, model.openAiBase()));
        }
        return properties + "agent.models.shaky.fallback=steady\nagent.models.down.rest=1s\n";
    }

    private String work(int publicPort) {
        StringBuilder properties = new StringBuilder("""
            approval.rules[0].tool=hash
            approval.rules[0].verdict=ask
            store.task-retention=20s
            retention.period=1s
            remote.refresh=2s
            remote.servers.gone.url=http://127.0.0.1:%d/mcp
            remote.servers.gone.tenants=*
            remote.servers.gone.allow-private=true
            """.formatted(FreePort.any()));
        for (String name : List.of("house", "unapproved")) {
            properties.append("""
                remote.servers.%1$s.url=http://127.0.0.1:%2$d/mcp
                remote.servers.%1$s.token=%3$s
                remote.servers.%1$s.tenants=*
                remote.servers.%1$s.allow-private=true
                remote.servers.%1$s.side-effects.ask=read_only
                remote.servers.%1$s.trust-first=%4$s
                """.formatted(name, publicPort, key, name.equals("house")));
        }
        return properties.toString();
    }

    private static Reply replyTo(ModelRequest request) {
        return switch (request.model()) {
            case "limited" -> Reply.rateLimited(Duration.ofSeconds(1));
            case "spent" -> Reply.dailyQuota();
            case "locked-out" -> Reply.wrongKey();
            case "shaky", "down" -> Reply.overloaded();
            default -> Reply.text("It is forty-two.");
        };
    }

    /** Begins to use the services, until this is closed. */
    void use() {
        Client custom = client("custom-mcp-service");
        Client asked = client("public-mcp-service");
        Client page = client("dashboard-service");
        again(() -> run(custom, "What is 6 * 7?", "offline", "calculator"));
        again(() -> run(custom, "Fetch http://127.0.0.1:1/", "offline", "http_fetch"));
        again(() -> run(custom, "Say something", "steady"));
        for (String name : List.of("limited", "spent", "locked-out", "shaky", "down")) {
            again(() -> run(custom, "Say something", name));
            again(() -> asked.post("/ask", "{\"query\":\"anything?\",\"model\":\"%s\"}".formatted(name)));
        }
        again(() -> asked.post("/ask", "{\"query\":\"anything?\"}"));
        again(() -> {
            run(custom, "What is the SHA-256 of \"monitoring\"?", "offline", "hash");
            decideOnOne(custom);
        });
        again(() -> {
            custom.post("/tool/house.ask/call", "{\"arguments\":{\"query\":\"anything?\"}}");
            custom.post("/tool/http_fetch/call", "{\"arguments\":{\"url\":\"http://127.0.0.1:1/\"}}");
            custom.post("/tool/calculator/call", "{\"arguments\":{\"expression\":\"1/0\"}}");
        });
        again(() -> {
            custom.mcp("tools/list", "", "");
            custom.mcp("tools/call", "calculator", "{\"expression\":\"6*7\"}");
            asked.mcp("tools/call", "ask", "{\"query\":\"anything?\",\"model\":\"down\"}");
            custom.greetAsBefore();
        });
        again(() -> {
            custom.get("/stats");
            custom.get("/task?limit=5");
            custom.get("/nowhere");
            page.get("/");
            page.get("/api/stats");
            page.get("/api/task");
        });
    }

    /** Redis goes away, as by a crash. */
    void loseRedis() {
        redis.kill();
    }

    /** Redis is back, with its data. */
    void findRedis() {
        redis.restart();
    }

    /** From now on the archive takes nothing. */
    void loseArchive() throws IOException {
        Files.move(archive, archive.resolveSibling("archive-that-was"));
        Files.writeString(archive, "no folder");
    }

    private static void run(Client service, String input, String model, String... tools) {
        String body = JSON.createObjectNode()
                .put("input", input)
                .put("model", model)
                .set("tools", JSON.valueToTree(tools))
                .toString();
        String id = service.post("/task", body).path("task_id").asText();
        if (!id.isEmpty()) {
            service.post("/task/" + id + "/run", "");
        }
    }

    private static void decideOnOne(Client service) {
        List<JsonNode> pending = new ArrayList<>();
        service.get("/approval?status=pending").path("items").forEach(pending::add);
        if (pending.size() > 1) {
            String decision = pending.size() % 2 == 0 ? "approve" : "refuse";
            service.post(
                    "/approval/" + pending.getFirst().path("approval_id").asText() + "/decision",
                    "{\"decision\":\"%s\"}".formatted(decision));
        }
    }

    private void again(Runnable use) {
        people.execute(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                use.run();
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        });
    }

    private Client client(String service) {
        return new Client(Objects.requireNonNull(services.get(service)).port(), key);
    }

    @Override
    public void close() {
        people.shutdownNow();
        services.values().forEach(PackagedService::close);
        model.close();
        redis.close();
    }
}
