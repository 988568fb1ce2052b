package org.mcpagentic.custommcp.tools.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageTextTest {

    private static String text(String html) {
        return PageText.of(Jsoup.parse(html, "https://harbour.example/tides/week/"));
    }

    @Test
    void readsAPageAsAPersonDoes() throws IOException {
        String text = PageText.of(Jsoup.parse(resource("page.html"), "https://harbour.example/tides/week.html"));

        assertThat(text).isEqualTo(resource("page.txt").strip());
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(PageTextTest.class.getResourceAsStream("/fetch/" + name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '@',
            value = {
                "<p>a</p><p>b</p>@a\\n\\nb",
                "a<br><br>b@a\\nb",
                "<div>a</div> <div>b</div>@a\\nb",
                "a<span> b</span><i>c</i>@a bc",
                "<li>a<li>b@- a\\n- b",
                "<a href='?q=1'>x</a>@[x](https://harbour.example/tides/week/?q=1)",
                "<a href='//other.example'>x</a>@[x](https://other.example)",
                "<a href='data:text/html,x'>x</a>@x",
                "<a href='/x'></a>y@y",
                "<a href='/x'><h2>T</h2><p>b</p></a>@[T b](https://harbour.example/x)",
                "<base href='https://b.example/c/'><a href='d'>x</a>@[x](https://b.example/c/d)",
                "<h7>a</h7>@a",
                "<ul><li><p>a</p><p>b</p></li></ul>c@- a\\nb\\n\\nc",
                "<table><tr><td><p>a</p></td><td><div>b</div></td></tr><tr><td>c</table>@a | b\\nc",
                "<pre>a\\n  b</pre>c@```\\na\\n  b\\n```\\n\\nc",
                "<textarea>a</textarea>b@b",
                "<plaintext>a<b>c@a<b>c",
                "''@''",
            })
    void keepsTheShapeOfWhatItReads(String html, String expected) {
        assertThat(text(html.replace("\\n", "\n"))).isEqualTo(expected.replace("\\n", "\n"));
    }

    @Test
    void leavesNavigationOutWhereThePageMarksNoMainPart() {
        String text = text("<nav><a href='/a'>A</a></nav><div>Text</div><footer>End</footer>");

        assertThat(text).isEqualTo("Text\nEnd");
    }

    @Test
    void takesTheWholePageWhereTheMainPartIsEmpty() {
        String text = text("<main><div id=app></div></main><div>" + "word ".repeat(100) + "</div>");

        assertThat(text).startsWith("word word");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<div>",
                "<a href='/x'>",
                "<b>",
                "<ul><li>",
                "<table><tr><td>",
                "<p><b><i>",
                "<font><p>",
                "<pre>",
                "<select><option>",
                "<svg>",
                "<!--",
                "<a href='/x'>y</a>",
                "&amp;",
                "<",
                "</p>",
                "<math><mi>",
                "<frameset>",
                "<h1>",
                "<form><div></form>",
                "<template>",
            })
    void endsSoonHoweverOftenATagIsOpened(String tag) {
        String html = tag.repeat(200_000);
        long start = System.nanoTime();

        String text = text(html);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
        assertThat(text.length()).isLessThan(6_000_000);
    }
}
