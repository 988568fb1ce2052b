package org.mcpagentic.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.mcpagentic.stubmodel.Call;
import org.mcpagentic.stubmodel.Reply;
import org.mcpagentic.stubmodel.StubModel;

/** A person chooses a model on the page, watches it answer, and reads what it cost or why it could not. */
@ExtendWith(ChromiumNeeded.class)
class RealModelPageTest {
    private static final String KEY = "AIzaTheKeyThatMustNeverShow";
    private static final double PATIENCE = 60_000;
    private static final String COUNTING = "one two three four five six seven eight nine ten eleven twelve";

    /** Long enough between words for a slow machine to see some of them before the last. */
    private static final Duration BETWEEN_WORDS = Duration.ofMillis(400);

    private static StubModel provider;
    private static RunningSystem system;
    private static Chromium browser;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        browser = Chromium.start();
        provider = StubModel.builder().key(KEY).build();
        Path models = folder.resolve("models.properties");
        Files.writeString(models, catalogue());
        system = RunningSystem.start(
                folder.resolve("data"),
                Map.of(
                        "GEMINI_API_KEY", KEY,
                        "GEMINI_BASE_URL", provider.geminiBase().toString(),
                        "QUARKUS_CONFIG_LOCATIONS", models.toString()));
    }

    private static String catalogue() {
        return """
                agent.models.house.provider=openai
                agent.models.house.id=qwen3:8b
                agent.models.house.base-url=%s
                agent.models.house.api-key=${GEMINI_API_KEY}
                agent.models.house.price.input=0.10
                agent.models.house.price.output=0.40
                agent.models.impatient.provider=gemini
                agent.models.impatient.base-url=%s
                agent.models.impatient.api-key=${GEMINI_API_KEY}
                agent.models.impatient.timeout.turn=100ms
                agent.models.shaky.provider=gemini
                agent.models.shaky.base-url=%s
                agent.models.shaky.api-key=not-the-key
                agent.models.shaky.fallback=offline
                agent.models.wrong-key.provider=gemini
                agent.models.wrong-key.base-url=%s
                agent.models.wrong-key.api-key=not-the-key-either
                """.formatted(
                        provider.openAiBase(), provider.geminiBase(), provider.geminiBase(), provider.geminiBase());
    }

    @AfterAll
    static void stop() {
        browser.close();
        if (system != null) {
            system.close();
        }
        provider.close();
    }

    @Test
    void aTaskStreamsFromTheChosenModelAndShowsWhatEachTurnCost() {
        provider.when("seventeen")
                .then(
                        Reply.thinking("I need the calculator")
                                .calls(Call.of(
                                        "calculator",
                                        Rest.JSON.createObjectNode().put("expression", "17 * 3")))
                                .usage(1_000, 400, 50, 30),
                        // why late: text that comes before the page listens is not sent again
                        Reply.text(COUNTING)
                                .firstTokenAfter(Duration.ofSeconds(3))
                                .between(BETWEEN_WORDS)
                                .usage(1_100, 0, 10, 0));
        try (Chromium.Visit visit = browser.visit(home(), 1280, 900, ColorScheme.LIGHT)) {
            Page page = visit.page();
            Locator models = page.getByTestId("task-model");
            assertThat(models.locator("option").first()).hasText("default: gemini-3.8-flash", patiently());
            assertThat(models.locator("option[value=openai]")).isDisabled();
            assertThat(models.locator("option[value=openai]")).containsText("it is not said what its server calls it");
            assertThat(page.getByTestId("task-model-lacking")).containsText("OPENAI_MODEL");
            models.selectOption("gemini-3.8-flash");
            page.getByTestId("task-input").fill("What is seventeen times three?");

            page.getByTestId("task-submit").click();

            Locator second = page.getByTestId("step-model").nth(1);
            assertThat(second.locator(".streamed")).containsText("one two", textPatiently());
            assertThat(page.getByTestId("task-result-body")).hasText(COUNTING, patiently());
            assertThat(page.getByTestId("step-model").first())
                    .containsText("1,000 (400 cached) → 80 (30 thoughts) tokens · $0.0008");
            assertThat(second).containsText("1,100 → 10 tokens · $0.0009");
            assertThat(page.getByTestId("task-cost")).hasText("$0.0016");
            assertThat(page.getByTestId("task").getByTestId("model").first()).hasText("gemini-3.8-flash");
            assertThat(page.getByTestId("instead")).hasCount(0);
            assertThat(models).hasValue("gemini-3.8-flash");
            assertThat(visit.overhang()).isZero();
            visit.photograph("1280-model-task");
        }
    }

    @Test
    void aQuestionStreamsFromTheChosenModelOnAPhone() {
        provider.when("count for me")
                .then(Reply.text(COUNTING).between(BETWEEN_WORDS).usage(10_000, 0, 500, 0));
        try (Chromium.Visit visit = browser.visit(home(), 390, 844, ColorScheme.DARK)) {
            Page page = visit.page();
            page.getByTestId("tab-ask").click();
            assertThat(page.getByTestId("ask-model").locator("option[value=house]"))
                    .hasCount(1);
            page.getByTestId("ask-model").selectOption("house");
            assertThat(page.getByTestId("ask-model-about")).containsText("$0.10 read, $0.40 written");
            page.getByTestId("ask-query").fill("Please count for me");

            page.getByTestId("ask-submit").click();

            assertThat(page.locator("[data-testid=answer][aria-busy=true]")).containsText("one two", textPatiently());
            assertThat(page.getByTestId("answer-status")).hasText("Answered", patiently());
            assertThat(page.getByTestId("answer-text")).hasText(COUNTING);
            assertThat(page.getByTestId("answer").getByTestId("model")).hasText("house");
            assertThat(page.getByTestId("answer-facts")).containsText("10,000 → 500 tokens");
            assertThat(page.getByTestId("answer-facts")).containsText("$0.0012");
            assertThat(page.getByTestId("ask-model")).hasValue("house");
            assertThat(visit.overhang()).isZero();
            visit.photograph("390-model-ask");
        }
    }

    @Test
    void anotherModelsAnswerSaysInWhosePlaceItStands() {
        try (Chromium.Visit visit = browser.visit(home(), 1280, 900, ColorScheme.DARK)) {
            Page page = visit.page();

            run(page, "What is 6 * 7?", "shaky");

            assertThat(page.getByTestId("task-result-body")).containsText("42", textPatiently());
            assertThat(page.getByTestId("step-model").first().getByTestId("instead"))
                    .hasText("in place of shaky");
            assertThat(page.getByTestId("task").getByTestId("offline-label").first())
                    .isVisible();
            assertThat(page.getByTestId("offline-note")).isVisible();
            visit.photograph("1280-model-instead");
        }
    }

    @Test
    void aRefusedKeyIsToldInPlainWords() {
        try (Chromium.Visit visit = browser.visit(home(), 390, 844, ColorScheme.LIGHT)) {
            Page page = visit.page();

            run(page, "hello with a wrong key", "wrong-key");

            assertThat(page.getByTestId("task-error")).containsText("The provider refused the key", textPatiently());
            assertThat(page.getByTestId("task-error")).containsText("model_key_refused");
            assertThat(visit.overhang()).isZero();
            visit.photograph("390-model-refused");
        }
    }

    @Test
    void aTaskThatIsPutOffSaysWhenItGoesOn() {
        provider.when("no hurry").then(Reply.perAttempt(Reply.rateLimited(Duration.ofSeconds(8)), Reply.text("well")));
        try (Chromium.Visit visit = browser.visit(home(), 1280, 900, ColorScheme.LIGHT)) {
            Page page = visit.page();

            run(page, "there is no hurry", "impatient");

            assertThat(page.getByTestId("task-pause")).containsText("Goes on at", textPatiently());
            assertThat(page.getByTestId("task-pause")).containsText("The model is asked too often");
            visit.photograph("1280-model-retrying");
            assertThat(page.getByTestId("task-result-body")).hasText("well", patiently());
            assertThat(page.getByTestId("task-pause")).isHidden();
        }
    }

    private static void run(Page page, String input, String model) {
        assertThat(page.getByTestId("task-model").locator("option[value=" + model + "]"))
                .hasCount(1);
        assertThat(page.getByTestId("tool-calculator")).isVisible();
        page.getByTestId("task-model").selectOption(model);
        page.getByTestId("task-input").fill(input);
        page.getByTestId("task-submit").click();
    }

    private static URI home() {
        return URI.create("http://localhost:" + system.dashboardPort() + "/");
    }

    private static LocatorAssertions.HasTextOptions patiently() {
        return new LocatorAssertions.HasTextOptions().setTimeout(PATIENCE);
    }

    private static LocatorAssertions.ContainsTextOptions textPatiently() {
        return new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE);
    }
}
