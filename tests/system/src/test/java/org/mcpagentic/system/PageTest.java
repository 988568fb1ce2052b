package org.mcpagentic.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a person sees and does. One worker slot, so that a queue can be built up before it. */
@ExtendWith(ChromiumNeeded.class)
class PageTest {
    private static final double PATIENCE = 60_000;

    private static RunningSystem system;
    private static Chromium browser;

    @BeforeAll
    static void start(@TempDir Path data) {
        browser = Chromium.start();
        system = RunningSystem.start(data, Map.of("WORKER_SLOTS", "1"));
    }

    @AfterAll
    static void stop() {
        browser.close();
        if (system != null) {
            system.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"1280, 900, LIGHT", "1280, 900, DARK", "390, 844, LIGHT", "390, 844, DARK"})
    void aTaskIsWatchedFromTheFormToItsResultWhileTheFiguresMove(int width, int height, ColorScheme colours) {
        try (Chromium.Visit visit = browser.visit(home(), width, height, colours)) {
            Page page = visit.page();
            assertThat(page.getByTestId("custom-mcp-link")).hasText("Live", patiently());
            assertThat(page.getByTestId("tool-picker").getByRole(AriaRole.CHECKBOX))
                    .hasCount(system.custom().get("tool").get("items").size());
            long processed = Work.processed(system.custom());
            page.evaluate("window.neverReloaded = true");
            String name = "%d-%s".formatted(width, colours.name().toLowerCase(Locale.ROOT));
            visit.photograph(name + "-empty");

            page.getByTestId("task-input").fill(Work.EXAMPLE);
            page.getByTestId("task-submit").click();

            assertThat(page.getByTestId("task-result-body")).containsText("434", textPatiently());
            assertThat(page.getByTestId("step-tool")).hasCount(3);
            assertThat(page.getByTestId("step-model")).hasCount(2);
            assertThat(page.getByTestId("task").getByTestId("offline-label").first())
                    .isVisible();
            assertThat(page.getByTestId("offline-note")).isVisible();
            assertThat(page.getByTestId("custom-mcp-queries_processed"))
                    .hasText(Long.toString(processed + 1), patiently());
            assertThat(page.getByTestId("recent-task").first()).containsText("Succeeded", textPatiently());
            assertThat(page.evaluate("window.neverReloaded")).isEqualTo(true);
            assertThat(visit.overhang()).isZero();
            visit.photograph(name + "-task");
        }
    }

    @ParameterizedTest
    @CsvSource({"1280, 900, LIGHT", "390, 844, DARK"})
    void anAnswerAppearsWithTheLabelOfTheOfflineModel(int width, int height, ColorScheme colours) {
        try (Chromium.Visit visit = browser.visit(home(), width, height, colours)) {
            Page page = visit.page();
            assertThat(page.getByTestId("public-mcp-link")).hasText("Live", patiently());
            long processed = Work.processed(system.questions());
            page.getByTestId("tab-ask").click();
            page.getByTestId("ask-query").fill("What can you do?");

            page.getByTestId("ask-submit").click();

            assertThat(page.getByTestId("answer-status")).hasText("Answered", patiently());
            assertThat(page.getByTestId("answer-text")).not().isEmpty();
            assertThat(page.getByTestId("answer").getByTestId("offline-label")).isVisible();
            assertThat(page.getByTestId("public-mcp-queries_processed"))
                    .hasText(Long.toString(processed + 1), patiently());
            assertThat(visit.overhang()).isZero();
            visit.photograph("%d-ask".formatted(width));
        }
    }

    @Test
    void aTaskThatWaitsInTheQueueIsCancelled() {
        long processed = Work.processed(system.custom());
        try (Chromium.Visit visit = browser.visit(home(), 1280, 900, ColorScheme.LIGHT)) {
            Page page = visit.page();
            assertThat(page.getByTestId("tool-calculator")).isVisible();
            page.getByTestId("task-input").fill("What is 2 + 2?");
            int backlog = 300;
            Work.queue(backlog, system.custom());
            page.getByTestId("task-submit").click();
            Locator status = page.getByTestId("task").getByTestId("status").first();
            assertThat(status).hasText("Queued", patiently());
            visit.photograph("1280-queued");

            page.getByTestId("task-cancel").click();

            assertThat(status).hasText("Cancelled", patiently());
            assertThat(page.getByTestId("task-cancel")).isHidden();
            visit.photograph("1280-cancelled");
            Work.awaitProcessed(system.custom(), processed + backlog + 1, Duration.ofMinutes(2));
        }
    }

    @Test
    void thePageWorksBelowAPrefixThatAProxyStrips() throws Exception {
        try (StrippingProxy proxy = StrippingProxy.start(Map.of("/dash", system.dashboardPort()));
                Chromium.Visit visit = browser.visit(proxy.uri("/dash/"), 1280, 900, ColorScheme.LIGHT)) {
            Page page = visit.page();
            page.getByTestId("task-input").fill("What is 6 * 7?");
            assertThat(page.getByTestId("tool-calculator")).isVisible();

            page.getByTestId("task-submit").click();

            assertThat(page.getByTestId("task-result-body")).containsText("42", textPatiently());
            assertThat(page.getByTestId("custom-mcp-link")).hasText("Live", patiently());
            assertThat(page).hasURL(Pattern.compile("/dash/\\?task="));
        }
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
