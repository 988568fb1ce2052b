package org.mcpagentic.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.RequestOptions;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** The machine's own Chromium. */
final class Chromium implements AutoCloseable {
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final double PATIENCE = 60_000;

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    static Chromium start() {
        Path executable = executable()
                .orElseThrow(
                        () -> new AssertionError("none of " + NAMES + " is on the PATH: install the package chromium"));
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
        Playwright playwright = Playwright.create();
        return new Chromium(
                playwright,
                playwright
                        .chromium()
                        .launch(new BrowserType.LaunchOptions()
                                .setExecutablePath(executable)
                                .setArgs(List.of("--no-sandbox"))));
    }

    static Optional<Path> executable() {
        return Stream.of(System.getenv("PATH").split(":"))
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Opens an address in a window of that size, as somebody new to the page. */
    Visit visit(URI address, int width, int height, ColorScheme colours) {
        BrowserContext context = browser.newContext(
                new Browser.NewContextOptions().setViewportSize(width, height).setColorScheme(colours));
        context.setDefaultTimeout(PATIENCE);
        signIn(context, address);
        return new Visit(context.newPage(), address);
    }

    /** Where the page wants to know who looks at it, as the holder of the first key. */
    private static void signIn(BrowserContext context, URI address) {
        context.request()
                .post(
                        address.resolve("api/session").toString(),
                        RequestOptions.create()
                                .setHeader("Content-Type", "application/json")
                                .setData("{\"key\":\"" + RunningSystem.FIRST_KEY.text() + "\"}"));
    }

    @Override
    public void close() {
        playwright.close();
    }

    /** One visit to the page; closing it asserts that the page caused no complaint. */
    static final class Visit implements AutoCloseable {
        private final Page page;
        private final List<String> complaints = new CopyOnWriteArrayList<>();

        private Visit(Page page, URI address) {
            this.page = page;
            String home = address.getScheme() + "://" + address.getAuthority() + "/";
            // why: what the security policy forbids is told there too
            page.onConsoleMessage(message -> {
                if (List.of("error", "warning").contains(message.type())) {
                    complaints.add("console: " + message.text() + " at " + message.location());
                }
            });
            page.onPageError(error -> complaints.add("script: " + error));
            page.onRequest(request -> {
                if (!request.url().startsWith(home)) {
                    complaints.add("request to another host: " + request.url());
                }
            });
            page.onResponse(response -> {
                if (response.status() >= 400) {
                    complaints.add("answer " + response.status() + ": " + response.url());
                }
            });
            page.navigate(address.toString());
        }

        Page page() {
            return page;
        }

        void photograph(String name) {
            page.screenshot(new Page.ScreenshotOptions()
                    .setPath(SCREENSHOTS.resolve(name + ".png"))
                    .setFullPage(true));
        }

        /** By how many pixels the page is wider than the window. */
        int overhang() {
            return ((Number) page.evaluate(
                            "document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                    .intValue();
        }

        @Override
        public void close() {
            page.context().close();
            assertThat(complaints).isEmpty();
        }
    }
}
