package org.mcpagentic.containers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.mcpagentic.access.token.Token;
import org.mcpagentic.containers.Nginx.Way;
import org.mcpagentic.containers.SmallCluster.Pod;
import org.mcpagentic.stubmodel.Reply;
import org.mcpagentic.stubmodel.StubModel;
import org.mcpagentic.testsupport.Until;

/** The images, as the overlay of development says, behind an nginx with the settings of the Ingresses. */
@ExtendWith(PodmanNeeded.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ContainersTest {

    private static final Path OVERLAY = Path.of("../../k8s/overlays/dev");
    private static final Path FOLDER = Path.of("target/containers").toAbsolutePath();
    private static final int MODEL_PORT = 19090;
    private static final Duration CHUNKS_APART = Duration.ofMillis(400);
    private static final int CHUNKS = 4;
    private static final Pattern LINK = Pattern.compile("(?:href|src)=\"([^\"#]+)\"");
    private static final Set<String> ENDED = Set.of("succeeded", "failed", "cancelled");

    private static StubModel model;
    private static SmallCluster cluster;
    private static Client client;

    @BeforeAll
    static void start() {
        model = StubModel.start();
        model.byDefault(
                Reply.text("One, two, three, and that was all.").chunks(CHUNKS).between(CHUNKS_APART));
        Manifests manifests = Manifests.render(OVERLAY);
        tagWhatIsNotBuiltHere(manifests);
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        Token key = Token.random(Token.Kind.KEY, 0);
        cluster = SmallCluster.start(
                manifests,
                FOLDER,
                List.of(
                        Manifests.secret(
                                "mcp-agentic-access",
                                Map.of(
                                        "ACCESS_SECRET", Base64.getEncoder().encodeToString(secret),
                                        "ACCESS_FIRST_KEY", key.text())),
                        Manifests.secret(
                                "mcp-agentic-model",
                                Map.of(
                                        "MODEL", "openai",
                                        "OPENAI_MODEL", "scripted",
                                        "OPENAI_API_KEY", "of-tests",
                                        "OPENAI_BASE_URL",
                                                "http://" + SmallCluster.gateway() + ":" + MODEL_PORT + "/v1"))),
                List.of(new Way(
                        SmallCluster.gateway() + ":" + MODEL_PORT,
                        List.of(model.openAiBase().getAuthority()))));
        client = new Client(
                manifests.ofKind("Ingress").getFirst().at("/spec/rules/0/host").asText(), key.text());
        Until.holds("the first key is known", Duration.ofSeconds(30), () -> status("/custom/stats") == 200);
    }

    /** The overlay names a Redis of a registry; the one that was made of this machine's takes its name. */
    private static void tagWhatIsNotBuiltHere(Manifests manifests) {
        for (JsonNode workload : manifests.ofKind("StatefulSet")) {
            String image = Manifests.container(workload).path("image").asText();
            Tool.PODMAN.run("tag", "localhost/containers/redis:test", "localhost/" + image);
        }
    }

    private static int status(String path) {
        try {
            return client.get(path).status();
        } catch (IOException e) {
            return 0;
        }
    }

    @AfterAll
    static void stop() {
        if (cluster != null) {
            cluster.close();
        }
        if (model != null) {
            model.close();
        }
    }

    @Test
    void aTaskIsServedFromEndToEndAndItsLinksLeadThroughThePrefix() throws IOException {
        Client.Answer created = client.post(
                "/custom/task", Client.json(Map.of("input", "Count to three.", "tools", List.of("calculator"))));
        assertThat(created.status()).as(created.body()).isEqualTo(201);

        String task = created.resolve(created.header("Location").orElseThrow());
        Client.Answer run = client.post(task + "/run", "");

        assertThat(task)
                .isEqualTo("/custom/task/" + created.json().path("task_id").asText());
        assertThat(run.status()).as(run.body()).isEqualTo(200);
        assertThat(run.json().path("status").asText()).isEqualTo("succeeded");
        assertThat(run.json().path("result").asText()).isEqualTo("One, two, three, and that was all.");
        assertThat(client.get(task).json().path("status").asText()).isEqualTo("succeeded");
    }

    @Test
    void eventsOfATaskArriveWhenTheyHappen() throws IOException {
        String task = "/custom/task/"
                + client.post("/custom/task", Client.json(Map.of("input", "Count to three.", "tools", List.of())))
                        .json()
                        .path("task_id")
                        .asText();
        try (Client.Stream events = client.open(client.request(task + "/events").GET())) {
            Optional<JsonNode> beforeItRuns = events.next();

            client.post(task + "/run", "", "Prefer", "respond-async");
            List<Long> arrivals = new ArrayList<>();
            for (Optional<JsonNode> event = events.next(); event.isPresent(); event = events.next()) {
                arrivals.add(System.nanoTime());
            }

            assertThat(beforeItRuns).isPresent();
            Duration spread = Duration.ofNanos(arrivals.getLast() - arrivals.getFirst());
            print("events of a task arrive over %d ms, in %d pieces".formatted(spread.toMillis(), arrivals.size()));
            assertThat(spread).isGreaterThan(CHUNKS_APART.multipliedBy(CHUNKS - 2));
        }
        assertThat(client.get(task).json().path("status").asText()).isIn(ENDED);
    }

    @Test
    void anMcpStreamArrivesWhileItIsOpen() throws IOException {
        for (String service : List.of("/custom", "/public")) {
            long began = System.nanoTime();
            try (Client.Stream stream = client.open(
                    mcp(service, "subscriptions/listen", Map.of("notifications", Map.of("toolsListChanged", true))))) {
                Optional<JsonNode> first = stream.next();

                print("first message of %s/mcp after %d ms"
                        .formatted(service, (System.nanoTime() - began) / 1_000_000));
                assertThat(stream.response().headers().firstValue("Content-Type"))
                        .hasValueSatisfying(type -> assertThat(type).startsWith("text/event-stream"));
                assertThat(first.orElseThrow().path("method").asText())
                        .isEqualTo("notifications/subscriptions/acknowledged");
            }
        }
    }

    private static HttpRequest.Builder mcp(String service, String method, Map<String, Object> params) {
        Map<String, Object> all = new HashMap<>(params);
        all.put(
                "_meta",
                Map.of(
                        "io.modelcontextprotocol/protocolVersion",
                        "2026-07-28",
                        "io.modelcontextprotocol/clientCapabilities",
                        Map.of()));
        return client.request(service + "/mcp", "MCP-Protocol-Version", "2026-07-28", "Mcp-Method", method)
                .POST(BodyPublishers.ofString(
                        Client.json(Map.of("jsonrpc", "2.0", "id", 1, "method", method, "params", all))));
    }

    @Test
    void thePageAndAllThatItLinksToAreServed() throws IOException {
        Client.Answer page = client.get("/");
        assertThat(page.status()).as(page.body()).isIn(200, 303);
        Client.Answer shown = page.status() == 303
                ? client.get(page.resolve(page.header("Location").orElseThrow()))
                : page;

        Set<String> links = new HashSet<>();
        Matcher matcher = LINK.matcher(shown.body());
        while (matcher.find()) {
            links.add(shown.resolve(matcher.group(1)));
        }

        assertThat(shown.header("Content-Type").orElse("")).startsWith("text/html");
        assertThat(links).isNotEmpty();
        for (String link : links) {
            assertThat(client.get(link).status()).as(link).isIn(200, 303);
        }
        print("the page links to %d places, all served".formatted(links.size()));
    }

    /** Last, so that all that the others did may have written something. */
    @Test
    @Order(Integer.MAX_VALUE)
    void rootIsReadOnlyAndNobodyIsRoot() {
        for (Pod pod : cluster.pods()) {
            Confinement confinement = Confinement.of(SmallCluster.process(pod));
            Map<String, String> status = confinement.status();

            assertThat(status.get("Uid")).as(pod.name()).doesNotContain("\t0").doesNotStartWith("0");
            assertThat(status.get("CapEff")).as(pod.name()).matches("0+");
            assertThat(status.get("CapBnd")).as(pod.name()).matches("0+");
            assertThat(status.get("NoNewPrivs")).as(pod.name()).isEqualTo("1");
            assertThat(status.get("Seccomp")).as(pod.name()).isEqualTo("2");
            assertThat(confinement.rootOptions()).as(pod.name()).contains("ro").doesNotContain("rw");
            assertThat(confinement.writable()).as(pod.name()).isSubsetOf("/tmp", "/data");
            print("%s: user %s, root read-only, written:".formatted(pod.name(), user(status)));
            confinement.written().forEach(folder -> print("  %s".formatted(folder)));
        }
    }

    /** The first of the four ids: the one that the process was started as. */
    private static String user(Map<String, String> status) {
        String ids = String.valueOf(status.get("Uid"));
        return ids.substring(0, ids.indexOf('\t'));
    }

    @Test
    void theJvmStartsWithItsCache() {
        for (String service : List.of("custom-mcp-service", "public-mcp-service", "dashboard-service")) {
            String image = Manifests.container(Manifests.render(OVERLAY).one("Deployment", service))
                    .path("image")
                    .asText();

            Tool.Outcome outcome = Tool.PODMAN.tried(
                    "run",
                    "--rm",
                    "--read-only",
                    "--network",
                    "none",
                    "--env",
                    "JAVA_TOOL_OPTIONS=-XX:AOTMode=on -Xlog:aot",
                    "--tmpfs",
                    "/tmp",
                    image);

            // why: with this mode a JVM that cannot use its cache ends before it runs anything; without a secret the
            // service ends itself
            assertThat(outcome.output()).as(service).contains("Opened AOT cache /opt/service/app.aot", "ACCESS_SECRET");
        }
    }

    @Test
    void nothingIsLostWhileEveryReplicaIsReplaced() {
        Load load = new Load(client);
        try (load) {
            load.start(4);
            long began = System.nanoTime();

            cluster.restart("custom-mcp-service");
            cluster.restart("public-mcp-service");
            cluster.restart("dashboard-service");

            print("all replicas replaced in %d s"
                    .formatted(Duration.ofNanos(System.nanoTime() - began).toSeconds()));
        }
        Map<String, Long> ends = load.stopAndAwaitEnds();

        print("tasks %s, answers %s, given up %s".formatted(ends, load.outcomes(), load.givenUp()));
        assertThat(load.tasks()).hasSizeGreaterThan(50);
        assertThat(ends).containsOnlyKeys("succeeded");
        assertThat(load.givenUp()).isEmpty();
        assertThat(load.count("5")).as("answers of 5xx").isZero();
        assertThat(status("/")).isIn(200, 303);
    }

    private static void print(String figure) {
        System.out.println("containers: " + figure);
    }
}
