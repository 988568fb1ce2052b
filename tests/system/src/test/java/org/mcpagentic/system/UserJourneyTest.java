package org.mcpagentic.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a program does with the services; at the end Ctrl-C, which must leave nothing behind. */
class UserJourneyTest {
    private static RunningSystem system;

    @BeforeAll
    static void start(@TempDir Path data) {
        system = RunningSystem.start(data, Map.of());
    }

    @AfterAll
    static void ctrlCLeavesNoProcessBehind() {
        system.interrupt();
    }

    @Test
    void theExampleTaskIsRunWithThreeToolsAndCountedOnce() {
        Rest custom = system.custom();
        JsonNode before = custom.stats();
        long daysBefore = Work.daysUntilTheExamplesDate();
        String id = custom.create(Work.EXAMPLE, Work.ALL_TOOLS);

        JsonNode task = custom.post("task/" + id + "/run", "").json(200);

        assertThat(task.get("status").asText()).isEqualTo("succeeded");
        assertThat(task.get("model").asText()).isEqualTo("offline");
        // why one of two: midnight may have passed between
        assertThat(task.get("result").asText())
                .containsPattern("\\b434\\b")
                .containsPattern("\\b(" + daysBefore + "|" + Work.daysUntilTheExamplesDate() + ") days\\b")
                .containsPattern("\\b17 words\\b");
        assertThat(toolCalls(task)).containsExactlyInAnyOrder(Work.ALL_TOOLS);
        JsonNode after = custom.stats();
        assertRise(before, after, "queries_processed", 1);
        assertRise(before, after, "successful_queries", 1);
        assertRise(before, after, "failed_queries", 0);
        assertRise(before, after, "cancelled_queries", 0);
        assertRise(before, after, "tool_calls", 3);
        assertRise(before, after, "input_tokens", task.at("/usage/input_tokens").asLong());
        assertRise(
                before, after, "output_tokens", task.at("/usage/output_tokens").asLong());
        assertThat(after.get("total_response_time").asDouble())
                .isGreaterThan(before.get("total_response_time").asDouble());
    }

    @Test
    void aTasksEventsAreNumberedWithoutAGapAndEndWithItsEnd() {
        Rest custom = system.custom();
        String id = custom.create(Work.EXAMPLE, Work.ALL_TOOLS);
        custom.enqueue(id);

        List<Rest.Event> events = custom.events("task/" + id + "/events");

        // why only these: pieces of a model's text have no number and no fixed place
        List<Rest.Event> numbered =
                events.stream().filter(event -> !event.id().isEmpty()).toList();
        assertThat(numbered)
                .extracting(Rest.Event::id)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, numbered.size())
                        .mapToObj(Integer::toString)
                        .toList());
        assertThat(numbered)
                .extracting(Rest.Event::name)
                .startsWith("task.created", "task.queued", "task.running")
                .endsWith("task.succeeded");
        assertThat(events.getLast().data().at("/task/result").asText()).contains("434");
        assertThat(events)
                .filteredOn(event -> event.name().equals("step.finished"))
                .extracting(event -> event.data().at("/step/kind").asText())
                .containsExactly("model", "tool", "tool", "tool", "model");
        String answer =
                custom.post("task/" + id + "/run", "").json(200).get("result").asText();
        assertThat(events.getLast().data().at("/task/result").asText()).isEqualTo(answer);
    }

    @Test
    void anAnswerIsStreamedPieceByPieceAndCountedOnce() {
        Rest questions = system.questions();
        JsonNode before = questions.stats();

        List<Rest.Event> events =
                Rest.parse(questions.post("ask", "{\"query\":\"What can you do?\"}", "Accept", "text/event-stream"));

        List<String> pieces = events.stream()
                .filter(event -> event.name().equals("delta"))
                .map(event -> event.data().get("text").asText())
                .toList();
        JsonNode response = events.getLast().data();
        assertThat(events.getLast().name()).isEqualTo("response");
        assertThat(pieces).hasSizeGreaterThan(1);
        assertThat(String.join("", pieces)).isEqualTo(response.get("response").asText());
        assertThat(questions.get("response/" + response.get("response_id").asText()))
                .isEqualTo(response);
        assertRise(before, questions.stats(), "queries_processed", 1);
        assertRise(before, questions.stats(), "successful_queries", 1);
    }

    @Test
    void everyServiceTellsOfItsHealthItsMetricsAndItsInterface() {
        for (int port : List.of(system.customPort(), system.publicPort(), system.dashboardPort())) {
            Rest service = new Rest(port);
            for (String check : List.of("live", "ready", "started")) {
                assertThat(service.get("q/health/" + check).get("status").asText())
                        .isEqualTo("UP");
            }
            assertThat(service.answerOf("q/metrics").body()).contains("jvm_memory_used_bytes");
            assertThat(service.answerOf("q/openapi").status()).isEqualTo(200);
            assertThat(service.answerOf("q/swagger-ui/").status()).isEqualTo(200);
        }
    }

    @Test
    void aPortThatIsTakenIsOneClearLine(@TempDir Path data) {
        int taken = system.customPort();

        String refusal = RunningSystem.linesOfARefusedStart(data, taken);

        assertThat(refusal).startsWith("exit code 1\nlauncher: ").contains("port " + taken, "CUSTOM_PORT");
        assertThat(refusal.lines()).hasSize(2);
    }

    @Test
    void linksThatAnswersCarryLeadThroughAProxyThatStripsAPrefix() throws Exception {
        Map<String, Integer> services = Map.of(
                "/tasks", system.customPort(), "/questions", system.publicPort(), "/dash", system.dashboardPort());
        try (StrippingProxy proxy = StrippingProxy.start(services)) {
            Rest custom = new Rest(proxy.uri("/tasks/"));
            Rest.Answer created = custom.post("task", "{\"input\":\"What is 2 + 2?\",\"tools\":[\"calculator\"]}");
            String task = created.link();

            Rest.Answer queued = custom.post(task + "/run", "", "Prefer", "respond-async");

            if (queued.status() == 202) {
                assertThat(queued.link()).isEqualTo(task);
            }
            Eventually.holds(Duration.ofSeconds(30), "the task ends", () -> Work.isFinal(custom.get(task)));
            assertThat(custom.get(task).get("result").asText()).contains("4");
            assertThat(new Rest(proxy.uri("/questions/"))
                            .post("ask", "{\"query\":\"Hello\"}")
                            .status())
                    .isEqualTo(200);
            Rest page = new Rest(proxy.uri("/dash/"));
            Rest.Answer signedIn = page.post("api/session", "{\"key\":\"" + RunningSystem.FIRST_KEY.text() + "\"}");
            assertThat(signedIn.status()).isEqualTo(201);
            String cookie = String.valueOf(signedIn.headers().get("set-cookie")).split(";", 2)[0];
            assertThat(page.get("api/tool", "Cookie", cookie).get("items")).hasSize(13);
        }
    }

    private static List<String> toolCalls(JsonNode task) {
        return StreamSupport.stream(task.get("steps").spliterator(), false)
                .filter(step -> step.get("kind").asText().equals("tool"))
                .map(step -> step.get("tool_name").asText())
                .toList();
    }

    private static void assertRise(JsonNode before, JsonNode after, String figure, long by) {
        assertThat(after.get(figure).asLong() - before.get(figure).asLong())
                .as(figure)
                .isEqualTo(by);
    }
}
