package org.mcpagentic.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mcpagentic.stubmodel.Call;
import org.mcpagentic.stubmodel.Reply;
import org.mcpagentic.stubmodel.StubModel;

/** A person runs a task again that failed, and decides on a call whose outcome nobody knows. */
@ExtendWith(ChromiumNeeded.class)
class RunAgainPageTest {
    private static final String KEY = "AIzaTheKeyThatMustNeverShow";
    private static final double PATIENCE = 60_000;
    private static final String WAITING = "t0-wait0000000000000000000000";

    private static StubModel provider;
    private static RunningSystem system;
    private static Chromium browser;

    @BeforeAll
    static void start(@TempDir Path folder) {
        browser = Chromium.start();
        provider = StubModel.builder().key(KEY).build();
        system = RunningSystem.start(
                folder.resolve("data"),
                Map.of(
                        "GEMINI_API_KEY",
                        KEY,
                        "GEMINI_BASE_URL",
                        provider.geminiBase().toString()));
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
    void aTaskThatFailedIsRunAgainFromTheStepThatFailed() {
        provider.when("nineteen")
                .then(
                        Reply.calls(Call.of(
                                "calculator", Rest.JSON.createObjectNode().put("expression", "19 * 3"))),
                        Reply.perAttempt(Reply.badRequest("not today"), Reply.text("It is 57.")));
        try (Chromium.Visit visit = browser.visit(home(""), 1280, 900, ColorScheme.LIGHT)) {
            Page page = visit.page();
            assertThat(page.getByTestId("tool-calculator")).isVisible();
            page.getByTestId("task-input").fill("What is nineteen times three?");
            page.getByTestId("task-submit").click();
            assertThat(page.getByTestId("task-error")).containsText("model_failed", textPatiently());
            String failed = page.getByTestId("task-id").textContent();
            visit.photograph("1280-failed");

            Locator again =
                    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Run again from step 3"));
            again.focus();
            page.keyboard().press("Enter");

            assertThat(page.getByTestId("task-result-body")).hasText("It is 57.", patiently());
            assertThat(page.getByTestId("task-retry-of")).hasText(failed);
            assertThat(page.getByTestId("task-id")).not().hasText(failed);
            assertThat(page.getByTestId("step-tool")).hasCount(1);
            assertThat(page.getByTestId("step-model")).hasCount(2);
            assertThat(page.getByTestId("step-tool")).containsText("taken over");
            assertThat(page.getByTestId("task-facts")).containsText("Tool calls0");
            assertThat(visit.overhang()).isZero();
            visit.photograph("1280-again");
            page.getByTestId("task-retry-of").click();
            assertThat(page.getByTestId("task-id")).hasText(failed, patiently());
        }
    }

    @Test
    void aWholeTaskIsRunAgainOnAPhone() {
        String done = system.custom().create("What is 6 * 7?", "calculator");
        system.custom().post("task/" + done + "/cancel", "").json(200);
        provider.when("6 * 7").then(Reply.text("It is 42."));
        try (Chromium.Visit visit = browser.visit(home("?task=" + done), 390, 844, ColorScheme.DARK)) {
            Page page = visit.page();

            page.getByTestId("task-retry").click();

            assertThat(page.getByTestId("task-result-body")).hasText("It is 42.", patiently());
            assertThat(page.getByTestId("task-retry-of")).hasText(done);
            assertThat(page.getByTestId("recent-task").first()).containsText("Succeeded", textPatiently());
            assertThat(visit.overhang()).isZero();
            visit.photograph("390-again");
        }
    }

    /** The tools that come with the services may all be repeated: what the service says of another one is played here. */
    @ParameterizedTest
    @CsvSource({
        "decision-repeat, repeat, '', 1280, 900, LIGHT",
        "decision-skip, skip, '', 390, 844, DARK",
        "decision-result, result, it was sent, 390, 844, LIGHT"
    })
    void aPersonDecidesOnACallOfUnknownOutcome(
            String button, String action, String result, int width, int height, ColorScheme colours)
            throws JsonProcessingException {
        List<String> decisions = new CopyOnWriteArrayList<>();
        try (Chromium.Visit visit = browser.visit(home(""), width, height, colours)) {
            Page page = visit.page();
            page.route("**/api/task/" + WAITING, route -> answer(route, waiting("waiting")));
            page.route(
                    "**/api/task/" + WAITING + "/events",
                    route -> route.fulfill(new Route.FulfillOptions().setStatus(204)));
            page.route("**/api/task/" + WAITING + "/step/2/resolve", route -> {
                decisions.add(route.request().postData());
                answer(route, waiting("queued"));
            });
            assertThat(page.getByTestId("custom-mcp-link")).hasText("Live", patiently());
            assertThat(page.getByTestId("public-mcp-link")).hasText("Live", patiently());
            page.navigate(home("?task=" + WAITING).toString());
            assertThat(page.getByTestId("custom-mcp-link")).hasText("Live", patiently());
            assertThat(page.getByTestId("public-mcp-link")).hasText("Live", patiently());
            Locator panel = page.getByTestId("decision");
            assertThat(panel).containsText("send_mail", textPatiently());
            assertThat(page.getByTestId("step-tool").getByTestId("status")).hasText("Unknown");
            assertThat(page.getByTestId("loss")).containsText("Taken from a worker that died");
            assertThat(visit.overhang()).isZero();
            visit.photograph("%d-%s".formatted(width, action));
            if (!result.isEmpty()) {
                page.getByTestId("decision-text").fill(result);
            }

            page.getByTestId(button).focus();
            page.keyboard().press("Enter");

            assertThat(panel).isHidden();
            assertThat(page.getByTestId("task").getByTestId("status").first()).hasText("Queued");
            assertThat(decisions).hasSize(1);
            JsonNode decided = Rest.JSON.readTree(decisions.getFirst());
            assertThat(decided.path("action").asText()).isEqualTo(action);
            assertThat(decided.path("result").asText()).isEqualTo(result);
            assertThat(decided.size()).isEqualTo(result.isEmpty() ? 1 : 2);
        }
    }

    private static void answer(Route route, String task) {
        route.fulfill(new Route.FulfillOptions()
                .setStatus(200)
                .setContentType("application/json")
                .setBody(task));
    }

    private static String waiting(String status) {
        return """
                {"task_id":"%s","input":"Tell them","tools":["send_mail"],"created_at":"2026-11-22T10:00:00.000Z",
                 "status":"%s","tenant":"default","owner":"local","session_id":"s-1","priority":"normal","attempt":2,
                 "labels":{},"usage":{"input_tokens":1,"output_tokens":1,"cost_usd":0,"model_calls":1,"tool_calls":0},
                 "error":{"code":"outcome_unknown","message":"its worker was lost during a call of send_mail (step 2)"},
                 "losses":[{"attempt":1,"worker":"w-1","reason":"worker_lost","at":"2026-11-22T10:00:02.000Z"}],
                 "steps":[
                  {"step":1,"kind":"model","status":"succeeded","attempt":1,"started_at":"2026-11-22T10:00:00.000Z",
                   "finished_at":"2026-11-22T10:00:01.000Z","model_used":"house",
                   "tool_calls":[{"call_id":"c1","tool_name":"send_mail","arguments":{"to":"them"}}]},
                  {"step":2,"kind":"tool","status":"unknown","attempt":1,"started_at":"2026-11-22T10:00:01.000Z",
                   "tool_name":"send_mail","input_data":"{\\"to\\":\\"them\\"}"}]}""".formatted(WAITING, status);
    }

    private static URI home(String query) {
        return URI.create("http://localhost:" + system.dashboardPort() + "/" + query);
    }

    private static LocatorAssertions.HasTextOptions patiently() {
        return new LocatorAssertions.HasTextOptions().setTimeout(PATIENCE);
    }

    private static LocatorAssertions.ContainsTextOptions textPatiently() {
        return new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE);
    }
}
