package org.mcpagentic.dashboard.signin;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mcpagentic.access.session.SignInLinks;
import org.mcpagentic.access.token.Token;
import org.mcpagentic.dashboard.AccessOfTests;
import org.mcpagentic.dashboard.StubServices;
import org.mcpagentic.localredis.LocalRedis;

/** What a person sees of signing in and out, in the machine's own Chromium. */
@QuarkusTest
@TestProfile(AccessOn.class)
class SignInPageTest {
    private static final String EVERYTHING = "tasks:read tasks:write ask statistics:read tools:*";
    private static final Pattern DOOR = Pattern.compile("/sign-in(\\?.*)?$");
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final double PATIENCE = 20_000;

    private static Playwright playwright;
    private static Browser browser;

    @SuppressWarnings("NullAway.Init") // why: the test resource injects it
    LocalRedis redis;

    @Inject
    AccessOfTests access;

    @Inject
    SignInLinks links;

    private BrowserContext context;

    @BeforeAll
    static void start() {
        Path chromium = Stream.of(System.getenv("PATH").split(":"))
                .flatMap(folder -> Stream.of("chromium", "chromium-browser", "google-chrome")
                        .map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no Chromium is on the PATH: install the package chromium"));
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
        playwright = Playwright.create();
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium)
                        .setArgs(List.of("--no-sandbox")));
    }

    @AfterAll
    static void stop() {
        playwright.close();
    }

    @BeforeEach
    void aNewBrowser() {
        redis.command("DEL", "mcp:{0}:guard:signin:127.0.0.1");
        StubServices.forget();
        context = newContext(1280, 900, ColorScheme.LIGHT);
    }

    @AfterEach
    void close() {
        context.close();
    }

    @ParameterizedTest
    @CsvSource({"1280, 900, LIGHT", "1280, 900, DARK", "390, 844, LIGHT", "390, 844, DARK"})
    void aPersonSignsInByKeySeesWhoTheyAreAndSignsOut(int width, int height, ColorScheme colours) {
        context.close();
        context = newContext(width, height, colours);
        Page page = context.newPage();
        String name = "%d-%s".formatted(width, colours.name().toLowerCase(Locale.ROOT));
        Token key = access.aKey(EVERYTHING);

        page.navigate(home());
        assertThat(page).hasURL(DOOR);
        assertThat(page.getByTestId("sign-in-key")).isFocused();
        photograph(page, name + "-sign-in");
        page.getByTestId("sign-in-key").fill("mcpk-0-wrong");
        page.getByTestId("sign-in-key").press("Enter");
        assertThat(page.getByTestId("problem")).containsText("not known");
        photograph(page, name + "-sign-in-refused");
        page.getByTestId("sign-in-key").fill(key.text());
        page.getByTestId("sign-in-submit").click();

        assertThat(page).hasURL(Pattern.compile("/(\\?.*)?$"));
        assertThat(page.getByTestId("custom-mcp-link")).hasText("Live");
        page.getByTestId("who-summary").click();
        assertThat(page.getByTestId("who-full")).hasText("of a test");
        assertThat(page.getByTestId("who-person")).containsText(key.id());
        assertThat(page.getByTestId("place")).hasCount(1);
        assertThat(overhang(page)).isZero();
        photograph(page, name + "-who");
        page.getByTestId("sign-out").click();
        assertThat(page).hasURL(DOOR);
        page.navigate(home());
        assertThat(page).hasURL(DOOR);
    }

    @Test
    void aPersonActsWithTheirOwnSession() {
        Page page = signIn(EVERYTHING);
        page.getByTestId("task-input").fill("What is 2 + 2?");

        page.getByTestId("task-submit").click();

        assertThat(page.getByTestId("task")).isVisible();
        assertThat(StubServices.seen("POST", "/task"))
                .isNotEmpty()
                .allSatisfy(
                        seen -> assertThat(seen.headers().get("Authorization")).startsWith("Bearer mcps-"));
    }

    @Test
    void theSessionIsOutOfTheReachOfScripts() {
        Page page = signIn(EVERYTHING);

        assertThat(page.evaluate("document.cookie")).isEqualTo("");
        assertThat(page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])"))
                .isEqualTo("[{},{}]");
    }

    @Test
    void aPageOfAnotherOriginCanNeitherPostAFormNorFetch() {
        signIn(EVERYTHING);
        String target = home() + "api/task/t0-1/cancel";
        Vertx vertx = Vertx.vertx();
        HttpServer evil = vertx.createHttpServer()
                .requestHandler(request -> request.response()
                        .putHeader("content-type", "text/html")
                        .end("<form id=f method=post action='" + target + "'><input name=a value=b></form>"))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        try (Page page = context.newPage()) {
            // why this host: to browsers it is another site's, not another port's alone
            page.navigate("http://127.0.0.1:" + evil.actualPort() + "/");

            String fetched = (String) page.evaluate("""
                    async (target) => {
                      const ways = [
                        { credentials: 'include', mode: 'no-cors' },
                        { credentials: 'include', headers: { 'X-CSRF-Token': 'guess' } },
                        { credentials: 'include', headers: { 'Content-Type': 'application/json' }, body: '{}' },
                      ];
                      const outcomes = [];
                      for (const way of ways) {
                        try {
                          outcomes.push((await fetch(target, { method: 'POST', ...way })).type);
                        } catch (failure) {
                          outcomes.push('refused');
                        }
                      }
                      return outcomes.join();
                    }
                    """, target);
            page.evaluate("document.getElementById('f').submit()");
            page.waitForURL(target);

            assertThat(fetched).isEqualTo("refused,refused,refused");
            assertThat(page.content()).contains("403");
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
        assertThat(StubServices.seen("POST", "/task")).isEmpty();
    }

    @Test
    void aFormWhoseScriptDidNotComeYetIsNotSent() {
        context.route("**/app/sign-in.js", Route::abort);
        Page page = context.newPage();
        page.navigate(home() + "sign-in");

        page.getByTestId("sign-in-key").fill("mcpk-0-typed-early");
        page.getByTestId("sign-in-key").press("Enter");

        assertThat(page.getByTestId("sign-in-submit")).isDisabled();
        assertThat(page).hasURL(DOOR);
        assertThat(page.getByTestId("sign-in-key")).hasValue("mcpk-0-typed-early");
    }

    @Test
    void aPageOfAnotherPortOfTheSameHostCanNeither() {
        signIn(EVERYTHING);
        String target = home() + "api/task/t0-1/cancel";
        Vertx vertx = Vertx.vertx();
        HttpServer evil = vertx.createHttpServer()
                .requestHandler(request -> request.response()
                        .putHeader("content-type", "text/html")
                        .end("<form id=f method=post action='" + target + "'><input name=a value=b></form>"))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        try (Page page = context.newPage()) {
            // why: it is the same site, so the cookie is sent
            page.navigate("http://localhost:" + evil.actualPort() + "/");

            page.evaluate("document.getElementById('f').submit()");
            page.waitForURL(target);

            assertThat(page.content()).contains("403");
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
        assertThat(StubServices.seen("POST", "/task")).isEmpty();
    }

    @Test
    void aPageWhoseSessionIsOverGoesToTheDoorByItselfAndComesBackToWhatItShowed() {
        Token key = access.aKey(EVERYTHING);
        Page page = signIn(key);
        page.navigate(home() + "?task=t0-1");
        assertThat(page.getByTestId("task")).isVisible();

        expire();

        assertThat(page).hasURL(Pattern.compile("/sign-in\\?task=t0-1$"));
        page.getByTestId("sign-in-key").fill(key.text());
        page.getByTestId("sign-in-submit").click();
        assertThat(page.getByTestId("task")).isVisible();
    }

    @Test
    void signingOutEverywhereEndsTheOtherBrowsersToo() {
        Token key = access.aKey(EVERYTHING);
        Page here = signIn(key);
        try (BrowserContext elsewhere = newContext(1280, 900, ColorScheme.LIGHT)) {
            Page there = signIn(elsewhere, key);
            here.getByTestId("who-summary").click();
            assertThat(here.getByTestId("place")).hasCount(2);

            here.getByTestId("sign-out-everywhere").click();

            assertThat(here).hasURL(DOOR);
            assertThat(there).hasURL(DOOR);
        }
    }

    @Test
    void signingOutInOneTabEndsTheOther() {
        Page one = signIn(EVERYTHING);
        Page other = context.newPage();
        other.navigate(home());
        assertThat(other.getByTestId("who-summary")).isVisible();
        one.getByTestId("who-summary").click();

        one.getByTestId("sign-out").click();

        assertThat(other).hasURL(DOOR);
    }

    @Test
    void aLinkSignsInOnceAndIsGoneFromTheAddress() {
        access.keep(AccessOn.KEY_OF_LINK);
        Token link = Token.random(Token.Kind.LINK, 0);
        links.register(
                        link,
                        org.mcpagentic.access.credential.KeyId.of(AccessOn.KEY_OF_LINK)
                                .owner(),
                        Duration.ofMinutes(5))
                .await()
                .atMost(Duration.ofSeconds(10));
        Page page = context.newPage();

        page.navigate(home() + "sign-in#link=" + link.text());

        assertThat(page.getByTestId("who-summary")).isVisible();
        assertThat(page.evaluate("location.href").toString()).doesNotContain(link.secret());
        try (BrowserContext thief = newContext(1280, 900, ColorScheme.LIGHT)) {
            Page second = thief.newPage();
            second.navigate(home() + "sign-in#link=" + link.text());
            assertThat(second.getByTestId("problem")).containsText("was used");
            assertThat(second.evaluate("location.href").toString()).doesNotContain(link.secret());
        }
    }

    @Test
    void whatAPersonMayNotIsNotOffered() {
        Page page = signIn("tasks:read");

        assertThat(page.getByTestId("recent")).isVisible();
        assertThat(page.getByTestId("task-form")).isHidden();
        assertThat(page.getByTestId("tab-ask")).isHidden();
        assertThat(page.getByTestId("stats")).isHidden();
        page.getByTestId("recent-task").first().click();
        assertThat(page.getByTestId("task")).isVisible();
        assertThat(page.getByTestId("task-cancel")).isHidden();
        assertThat(page.getByTestId("task-template")).isHidden();
    }

    @Test
    void aTabWhosePersonSignedInAnewInAnotherGoesOn() {
        Token key = access.aKey(EVERYTHING);
        Page one = signIn(key);
        Page other = context.newPage();
        other.navigate(home() + "sign-in");
        other.getByTestId("sign-in-key").fill(key.text());
        other.getByTestId("sign-in-submit").click();
        assertThat(other.getByTestId("who-summary")).isVisible();
        one.getByTestId("task-input").fill("What is 2 + 2?");

        one.getByTestId("task-submit").click();

        assertThat(one.getByTestId("task")).isVisible();
    }

    private Page signIn(String scopes) {
        return signIn(access.aKey(scopes));
    }

    private Page signIn(Token key) {
        return signIn(context, key);
    }

    private static Page signIn(BrowserContext context, Token key) {
        Page page = context.newPage();
        page.navigate(home());
        page.getByTestId("sign-in-key").fill(key.text());
        page.getByTestId("sign-in-submit").click();
        assertThat(page.getByTestId("who-summary")).isVisible();
        return page;
    }

    /** Makes every session one that was not used for long. */
    private void expire() {
        context.cookies(home() + "api/").stream()
                .filter(cookie -> cookie.name.equals("mcp_session"))
                .map(cookie -> Token.parse(cookie.value).orElseThrow())
                .forEach(token -> redis.command(
                        "HSET",
                        "mcp:{0}:signin:" + token.id(),
                        "seen",
                        Long.toString(ChronoUnit.MICROS.between(
                                Instant.EPOCH, Instant.now().minus(Duration.ofMinutes(31))))));
    }

    private static BrowserContext newContext(int width, int height, ColorScheme colours) {
        BrowserContext context = browser.newContext(
                new Browser.NewContextOptions().setViewportSize(width, height).setColorScheme(colours));
        context.setDefaultTimeout(PATIENCE);
        return context;
    }

    private static void photograph(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")));
    }

    private static int overhang(Page page) {
        return ((Number) page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                .intValue();
    }

    private static String home() {
        return "http://localhost:" + RestAssured.port + "/";
    }
}
