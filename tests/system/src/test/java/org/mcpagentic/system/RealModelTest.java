package org.mcpagentic.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mcpagentic.stubmodel.Call;
import org.mcpagentic.stubmodel.RecordedRequest;
import org.mcpagentic.stubmodel.Reply;
import org.mcpagentic.stubmodel.StubModel;

/** Gemini's and OpenAI's wire from a packaged service to a server and back. */
class RealModelTest {

    private static final String KEY = "AIzaTheKeyThatMustNeverShow";
    private static final int STORM = 200;
    private static final int ALLOWED = 60;
    private static final Duration WINDOW = Duration.ofSeconds(4);
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static StubModel provider;
    private static StubModel crowded;
    private static StubModel spent;
    private static RunningSystem system;
    private static LargeFile file;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        provider = StubModel.builder().key(KEY).build();
        crowded = StubModel.builder().key(KEY).allowing(ALLOWED, WINDOW).build();
        spent = StubModel.builder().key(KEY).allowingPerDay(1).build();
        file = LargeFile.serve();
        Path models = folder.resolve("models.properties");
        Files.writeString(models, catalogue());
        system = RunningSystem.start(
                folder.resolve("data"),
                Map.of(
                        "GEMINI_API_KEY", KEY,
                        "GEMINI_BASE_URL", provider.geminiBase().toString(),
                        "QUARKUS_CONFIG_LOCATIONS", models.toString(),
                        "TOOLS_HTTP_FETCH_TRUSTED", file.authority()));
    }

    private static String catalogue() {
        return """
                agent.models.crowded.provider=gemini
                agent.models.crowded.base-url=%s
                agent.models.crowded.api-key=${GEMINI_API_KEY}
                agent.models.spent.provider=gemini
                agent.models.spent.base-url=%s
                agent.models.spent.api-key=${GEMINI_API_KEY}
                agent.models.wrong-key.provider=gemini
                agent.models.wrong-key.base-url=%s
                agent.models.wrong-key.api-key=%s
                agent.models.house.provider=openai
                agent.models.house.id=qwen3:8b
                agent.models.house.base-url=%s
                agent.models.house.api-key=${GEMINI_API_KEY}
                agent.models.house.price.input=0.10
                agent.models.house.price.output=0.40
                agent.models.shaky.provider=gemini
                agent.models.shaky.base-url=%s
                agent.models.shaky.api-key=not-the-key-either
                agent.models.shaky.fallback=house
                """.formatted(
                        crowded.geminiBase(),
                        spent.geminiBase(),
                        provider.geminiBase(),
                        "AIzaWrongWrongWrong",
                        provider.openAiBase(),
                        provider.geminiBase());
    }

    @AfterAll
    static void stop() {
        system.close();
        file.close();
        provider.close();
        crowded.close();
        spent.close();
    }

    @Test
    void aTaskGoesThroughGeminisWireWithItsSignaturesAndItsCost() {
        provider.when("seventeen")
                .then(
                        Reply.thinking("I need the calculator")
                                .calls(
                                        Call.of("calculator", expression("17 * 3")),
                                        Call.of("calculator", expression("17 * 4")))
                                .usage(1_000, 400, 50, 30),
                        Reply.text("51 and 68").usage(1_100, 0, 10, 0));

        JsonNode task = run("seventeen times three and four", "gemini-3.8-flash", "calculator");

        assertThat(task.get("status").asText()).as(task.toPrettyString()).isEqualTo("succeeded");
        assertThat(task.get("result").asText()).isEqualTo("51 and 68");
        assertThat(task.get("steps")).hasSize(4);
        assertThat(task.at("/steps/1/output_data").asText()).contains("51");
        assertThat(task.at("/steps/0/usage/cached_tokens").asInt()).isEqualTo(400);
        // 600 * 0.75 + 400 * 0.075 + 80 * 3.75 and 1,100 * 0.75 + 10 * 3.75, each rounded up
        assertThat(task.at("/usage/cost_usd").asDouble()).isEqualTo((780 + 863) / 1e6);
        JsonNode second = requests("seventeen").getLast().body();
        assertThat(second.at("/contents/1/parts").findValues("thoughtSignature"))
                .isNotEmpty();
        assertThat(second.at("/contents/2/parts")).hasSize(2);
        assertThat(requests("seventeen").getLast().headers()).containsEntry("x-goog-api-key", KEY);
    }

    @Test
    void aFileOfAHundredThousandRowsIsSummarisedForAModel() {
        provider.when("summarise the file")
                .then(
                        Reply.calls(Call.of(
                                "csv_summary",
                                Rest.JSON
                                        .createObjectNode()
                                        .put("url", file.address())
                                        .put("group_by", "city")
                                        .set(
                                                "aggregate",
                                                Rest.JSON.createArrayNode().add("amount")))),
                        Reply.text("It is about money."));

        JsonNode task = run("summarise the file, please", "gemini-3.8-flash", "csv_summary");

        assertThat(task.get("result").asText()).as(task.toPrettyString()).isEqualTo("It is about money.");
        JsonNode summary = json(task.at("/steps/1/output_data").asText());
        file.assertSummarisedBy(summary);
        JsonNode given = requests("summarise the file").getLast().body().at("/contents/2/parts/0/functionResponse");
        assertThat(given.at("/response/output").asText())
                .startsWith("<<data ")
                .contains(">>\n" + task.at("/steps/1/output_data").asText() + "\n<<end of data ");
    }

    @Test
    void aQuestionIsStreamedThroughOpenAisWire() {
        provider.when("stream me").then(Reply.text("one two three").usage(10, 0, 3, 0));

        List<Rest.Event> events = Rest.parse(system.questions()
                .post("ask", "{\"query\":\"stream me\",\"model\":\"house\"}", "Accept", "text/event-stream"));

        assertThat(events).filteredOn(event -> event.name().equals("delta")).hasSizeGreaterThan(1);
        JsonNode response = events.getLast().data();
        assertThat(response.get("response").asText()).isEqualTo("one two three");
        assertThat(response.get("model_used").asText()).isEqualTo("house");
        assertThat(response.at("/usage/cost_usd").asDouble()).isEqualTo(3 / 1e6);
    }

    @Test
    void aModelThatThereIsNotIsRefusedWithTheList() {
        Rest.Answer answer = system.custom().post("task", "{\"input\":\"x\",\"model\":\"gpt-9\"}");

        JsonNode problem = answer.json(422);
        assertThat(problem.get("code").asText()).isEqualTo("unknown_model");
        assertThat(problem.get("detail").asText()).contains("gemini-3.8-flash", "house", "offline");
    }

    @Test
    void aWrongKeySaysSoAtItsFirstUseAndIsNeverShown() {
        JsonNode task = run("hello with a wrong key", "wrong-key");

        assertThat(task.at("/error/code").asText()).isEqualTo("model_key_refused");
        assertThat(task.at("/error/message").asText()).contains("wrong-key");
        assertThat(task.toString()).doesNotContain("AIzaWrong");
        assertThat(system.hasSaid("AIzaWrong")).isFalse();
        assertThat(system.hasSaid(KEY)).isFalse();
        assertThat(system.custom().get("model").toString()).doesNotContain(KEY).doesNotContain("127.0.0.1");
    }

    @Test
    void anotherModelAnswersWhereOneCannot() {
        provider.when("fall back").then(Reply.text("from the house"));

        JsonNode task = run("fall back please", "shaky");

        assertThat(task.get("result").asText()).isEqualTo("from the house");
        assertThat(task.at("/steps/0/model_used").asText()).isEqualTo("house");
    }

    @Test
    void inAStormOfRefusalsAllTasksSucceedAndNoneComesSoonerThanTold() {
        crowded.byDefault(Reply.text("well").firstTokenAfter(Duration.ofMillis(30)));
        List<String> ids = IntStream.range(0, STORM)
                .mapToObj(number -> create("storm " + number, "crowded"))
                .toList();

        long began = System.nanoTime();
        ids.forEach(system.custom()::enqueue);
        Eventually.holds(
                PATIENCE,
                "all tasks ended",
                () -> ids.stream().map(system.custom()::task).allMatch(Work::isFinal));

        assertThat(Work.read(system.custom(), ids))
                .allSatisfy(task -> assertThat(task.get("status").asText())
                        .as(task.toPrettyString())
                        .isEqualTo("succeeded"));
        assertThat(crowded.earlyRequests()).isEmpty();
        Figures.print("storm of 200 tasks at 60 in 4 s", Duration.ofNanos(System.nanoTime() - began));
        System.out.printf("figure: requests for 200 tasks: %d%n", crowded.requestCount());
        assertThat(crowded.requestCount()).as("no hot loop").isLessThan(STORM * 2L);
    }

    @Test
    void aQuotaThatIsUsedUpForTodayFailsFast() {
        run("the one of today", "spent");

        JsonNode second = run("one too many", "spent");
        long asked = spent.requestCount();
        JsonNode third = run("and another", "spent");

        assertThat(List.of(second, third)).allSatisfy(task -> {
            assertThat(task.at("/error/code").asText()).isEqualTo("model_quota_exhausted");
            assertThat(task.get("attempt").asInt()).isEqualTo(1);
        });
        assertThat(spent.requestCount()).as("requests after it was known").isEqualTo(asked);
    }

    private static JsonNode json(String text) {
        try {
            return Rest.JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + text, e);
        }
    }

    private static JsonNode run(String input, String model, String... tools) {
        String id = create(input, model, tools);
        return system.custom().post("task/" + id + "/run", "").json(200);
    }

    private static String create(String input, String model, String... tools) {
        ObjectNode task = Rest.JSON.createObjectNode().put("input", input).put("model", model);
        List.of(tools).forEach(task.putArray("tools")::add);
        return system.custom()
                .post("task", task.toString())
                .json(201)
                .get("task_id")
                .asText();
    }

    private static ObjectNode expression(String expression) {
        return Rest.JSON.createObjectNode().put("expression", expression);
    }

    private static List<RecordedRequest> requests(String input) {
        return provider.requests().stream()
                .filter(request -> request.body().toString().contains(input))
                .toList();
    }
}
