package org.mcpagentic.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a page links to in this repository is there. */
class LinksTest {

    @Test
    void everyLinkLeadsSomewhere() {
        List<Path> pages = Checkout.pages();

        assertThat(pages)
                .hasSizeGreaterThan(50)
                .contains(Checkout.ROOT.resolve("README.md"), Checkout.ROOT.resolve("docs/how-to/release.md"));
        assertThat(pages).flatExtracting(Links::dead).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            [one](gone.md)                     | gone.md
            [one](other.md#gone)               | other.md#gone
            [one](#gone)                       | #gone
            [one](sub/../gone.md "a title")    | sub/../gone.md
            ![one](gone.png)                   | gone.png
            [one `two`](gone.md)               | gone.md
            [![one](gone.png)](other.md)       | gone.png
            <a href="gone.html">one</a>        | gone.html
            [one]: gone.md                     | gone.md
            """)
    void aLinkThatLeadsNowhereIsNamed(String text, String link, @TempDir Path folder) throws IOException {
        Path page = pages(folder, text);

        assertThat(Links.dead(page)).containsExactly(page + ": " + link);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[one](other.md)",
                "[one](other.md#what-it-is-not-3)",
                "[one](other.md#what-it-is-not-3-1)",
                "[one](other.md#by-hand)",
                "[one](other.md#docs-and_more)",
                "[one](.)",
                "[one](https://example.com/gone.md#gone)",
                "[one](mailto:one@example.com)",
                "`[one](gone.md)`",
                "```\n[one](gone.md)\n```"
            })
    void aLinkThatLeadsSomewhereOrOutIsNotNamed(String text, @TempDir Path folder) throws IOException {
        assertThat(Links.dead(pages(folder, text))).isEmpty();
    }

    private static Path pages(Path folder, String text) throws IOException {
        Files.writeString(folder.resolve("other.md"), """
                # What it *is*, `not` (3)
                ## What it is not 3
                ## [Docs](https://example.com/) and_more
                <a id="by-hand"></a>
                ```
                # gone
                ```
                """);
        return Files.writeString(folder.resolve("page.md"), text + "\n");
    }
}
