package org.mcpagentic.dashboard.signin;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.SameSiteAttribute;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mcpagentic.dashboard.StubServices;
import org.mcpagentic.localredis.LocalRedis;
import org.mcpagentic.testsupport.LocalIssuer;

/** What a person sees of signing in at a provider on another site, in the machine's own Chromium. */
@QuarkusTest
@TestProfile(ProviderOn.class)
class ProviderSignInPageTest {
    private static final double PATIENCE = 20_000;

    private static Playwright playwright;
    private static Browser browser;

    @SuppressWarnings("NullAway.Init") // why: the test resource injects it
    LocalRedis redis;

    @SuppressWarnings("NullAway.Init") // why: the test resource injects it
    LocalIssuer issuer;

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
        issuer.codes().signsIn(Map.of("sub", "ada", "roles", List.of("Analyst", "Operator")));
        context = browser.newContext();
        context.setDefaultTimeout(PATIENCE);
    }

    @AfterEach
    void close() {
        context.close();
        issuer.behaves();
    }

    @Test
    void aPersonSignsInAtTheProviderActsAndSignsOut() {
        Page page = context.newPage();
        page.navigate(home());
        assertThat(page.getByTestId("sign-in-provider")).hasText("Sign in with Acme & <Co>");
        photograph(page, "sign-in-provider");

        page.getByTestId("sign-in-provider").click();

        assertThat(page.getByTestId("who-summary")).isVisible();
        assertThat(page).hasURL(home());
        page.getByTestId("who-summary").click();
        assertThat(page.getByTestId("who-person")).containsText("oidc:ada");
        assertThat(cookies()).singleElement().satisfies(cookie -> {
            assertThat(cookie.name).isEqualTo("mcp_session");
            assertThat(cookie.sameSite).isEqualTo(SameSiteAttribute.STRICT);
            assertThat(cookie.httpOnly).isTrue();
            assertThat(cookie.path).isEqualTo("/api");
        });
        page.keyboard().press("Escape");
        page.getByTestId("task-input").fill("What is 2 + 2?");
        page.getByTestId("task-submit").click();
        assertThat(page.getByTestId("task")).isVisible();
        assertThat(StubServices.seen("POST", "/task"))
                .isNotEmpty()
                .allSatisfy(
                        seen -> assertThat(seen.headers().get("Authorization")).startsWith("Bearer mcps-"));
        page.navigate(home());
        page.getByTestId("who-summary").click();
        page.getByTestId("sign-out").click();
        assertThat(page).hasURL(Pattern.compile("/sign-in$"));
        assertThat(cookies()).isEmpty();
    }

    @Test
    void aPersonIsLedBackToTheTaskThatTheyWantedToSee() {
        Page page = context.newPage();
        page.navigate(home() + "?task=t0-1");

        page.getByTestId("sign-in-provider").click();

        // why so patient: three sites are visited one after the other, on a machine that may be busy
        assertThat(page.getByTestId("task")).isVisible();
        assertThat(page).hasURL(home() + "?task=t0-1");
    }

    @Test
    void whoIsSentBackUnsignedIsToldWhyAndTheAddressForgetsIt() {
        issuer.codes().signsIn(Map.of("sub", "bob"));
        Page page = context.newPage();
        page.navigate(home() + "sign-in");

        page.getByTestId("sign-in-provider").click();

        assertThat(page.getByTestId("problem")).containsText("nothing is granted to it");
        assertThat(page).hasURL(home() + "sign-in");
        photograph(page, "sign-in-provider-refused");
    }

    @Test
    void aMadeUpProblemInTheAddressSaysNothing() {
        Page page = context.newPage();

        page.navigate(home() + "sign-in?problem=%3Cb%3ECall%200900%3C/b%3E");

        assertThat(page).hasURL(home() + "sign-in");
        assertThat(page.getByTestId("problem")).hasCount(0);
        assertThat(page.locator("body")).not().containsText("0900");
    }

    private List<Cookie> cookies() {
        return context.cookies().stream()
                .filter(cookie -> cookie.domain.equals("localhost"))
                .toList();
    }

    private static void photograph(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target", "screenshots", name + ".png")));
    }

    private static String home() {
        return "http://localhost:" + RestAssured.port + "/";
    }
}
