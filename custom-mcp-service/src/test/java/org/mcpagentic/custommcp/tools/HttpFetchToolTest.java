package org.mcpagentic.custommcp.tools;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mcpagentic.agent.tool.CallThreads;
import org.mcpagentic.agent.tool.ToolContext;
import org.mcpagentic.agent.tool.ToolFailure;
import org.mcpagentic.custommcp.tools.fetch.LocalFetcher;
import org.mcpagentic.custommcp.tools.fetch.LoopbackServer;
import org.mcpagentic.custommcp.tools.fetch.LoopbackServer.Script;
import org.mcpagentic.store.TenantId;

class HttpFetchToolTest {

    private static ObjectNode fetch(Script script, String moreArguments, Map<String, String> settings) {
        try (LoopbackServer server = LoopbackServer.with(script);
                LocalFetcher local = LocalFetcher.trusting(server, settings)) {
            HttpFetchTool tool = new HttpFetchTool(local.fetcher(), local.config());
            ObjectNode arguments = Json.object("{" + moreArguments + "}").put("url", server.url("/page"));
            String result = ToolCaller.call(tool, arguments);
            assertThat(result.length()).isLessThanOrEqualTo(tool.spec().maxOutputChars());
            ObjectNode json = Json.object(result);
            assertThat(json.remove("url").textValue()).isEqualTo(server.url("/page"));
            return json;
        }
    }

    private static ObjectNode fetch(Script script, String moreArguments) {
        return fetch(script, moreArguments, Map.of());
    }

    private static ObjectNode fetch(Script script) {
        return fetch(script, "");
    }

    @Test
    void readsAPageAsText() {
        ObjectNode result = fetch(LoopbackServer.saying(
                "text/html; charset=utf-8",
                "<html><head><title> A \n page </title></head><body><h1>Head</h1><p>See <a href='/b'>b</a>.</p>"));

        assertThat(result.path("text").textValue())
                .matches("# Head\n\nSee \\[b]\\(http://127\\.0\\.0\\.1:[0-9]+/b\\)\\.");
        result.remove("text");
        assertThat(result)
                .isEqualTo(Json.object("""
                        {"status": 200, "content_type": "text/html", "title": "A page", "total_chars": %d, "offset": 0}
                        """.formatted(result.path("total_chars").intValue())));
    }

    @Test
    void givesTheSourceWhereItIsAskedFor() {
        ObjectNode result =
                fetch(LoopbackServer.saying("text/html", "<title>x</title>\r\n<p>y"), "\"format\": \"raw\"");

        assertThat(result.path("text").textValue()).isEqualTo("<title>x</title>\n<p>y");
        assertThat(result.has("title")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "application/problem+json; charset=utf-8",
                "text/csv",
                "APPLICATION/XML",
                "application/atom+xml",
                "text/plain;charset=\"nonsense\"",
                "application/octet-stream",
                "",
            })
    void givesWhatIsNoHtmlAsItIs(String contentType) {
        String body = "{\"a\": [1, \"\u00fc\"]}";

        ObjectNode result = fetch(LoopbackServer.saying(contentType, body));

        assertThat(result.path("text").textValue()).isEqualTo(body);
    }

    @Test
    void findsOutWhatAServerDoesNotSay() {
        ObjectNode result = fetch((request, out) -> {
            LoopbackServer.head(out, "HTTP/1.1 200 OK");
            out.write("<!DOCTYPE HTML><title>x</title><h1>y</h1>".getBytes(UTF_8));
        });

        assertThat(result.path("content_type").textValue()).isEqualTo("unknown");
        assertThat(result.path("title").textValue()).isEqualTo("x");
        assertThat(result.path("text").textValue()).isEqualTo("# y");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "text/plain; UTF-8; ''",
                "text/plain; windows-1252; ''",
                "text/plain, charset=iso-8859-1; ISO-8859-1; ''",
                "text/plain, charset=Shift_JIS; Shift_JIS; ''",
                "text/plain; UTF-16LE; \ufeff",
                "text/plain, charset=utf-8; UTF-16BE; \ufeff",
                "text/plain, charset=iso-8859-1; UTF-8; \ufeff",
                "text/html; UTF-8; ''",
                "text/html, charset=iso-8859-1; ISO-8859-1; ''",
                "text/html, charset=koi8-r; KOI8-R; <meta charset=utf-8>",
                "text/html; Shift_JIS; <meta charset=shift_jis>",
                "text/html; ISO-8859-1; <meta http-equiv=Content-Type content='text/html, charset=iso-8859-1'>",
                "text/html; UTF-16LE; \ufeff",
                "text/html, charset=nonsense; UTF-8; <meta charset=utf-8>",
            })
    void readsEachCharset(String contentType, String charset, String before) {
        String text = switch (charset) {
            case "Shift_JIS" -> "\u6771\u4eac";
            case "KOI8-R" -> "\u041c\u043e\u0441\u043a\u0432\u0430";
            default -> "gr\u00fc\u00dfe";
        };
        byte[] body = (before.replace(", ", "; ") + text).getBytes(Charset.forName(charset));

        ObjectNode result = fetch(LoopbackServer.saying(contentType.replace(", ", "; "), body));

        assertThat(result.path("text").textValue()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "image/png; the URL leads to image/png of 4 bytes, which is no text",
                "application/pdf; application/pdf of 4 bytes",
                "application/zip; application/zip",
                "video/mp4; video/mp4",
                "application/octet-stream; application/octet-stream of 4 bytes",
                "x y\u0001; something",
            })
    void refusesWhatIsNoText(String contentType, String expected) {
        byte[] body = {1, 0, (byte) 0xff, 2};

        assertThatThrownBy(() -> fetch(LoopbackServer.saying(contentType, body)))
                .isInstanceOf(ToolFailure.class)
                .hasMessageContaining(expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 304, 400, 401, 403, 404, 410, 418, 429, 500, 503, 599})
    void tellsAnyStatusAndWhatTheServerSaysToIt(int status) {
        ObjectNode result = fetch((request, out) -> {
            LoopbackServer.head(out, "HTTP/1.1 " + status + " So", "Content-Type: text/html", "Connection: close");
            if (status != 304) {
                out.write("<title>Sorry</title><p>We are sorry.".getBytes(UTF_8));
            }
        });

        assertThat(result.path("status").intValue()).isEqualTo(status);
        assertThat(result.path("text").textValue()).isEqualTo(status == 304 ? "" : "We are sorry.");
    }

    @Test
    void abridgesThePageOfAnError() {
        ObjectNode result = fetch((request, out) -> {
            LoopbackServer.head(out, "HTTP/1.1 404 Not Found", "Content-Type: text/plain");
            out.write("x".repeat(5_000).getBytes(UTF_8));
        });

        assertThat(result.path("text").textValue()).hasSize(2_000);
        assertThat(result.path("total_chars").intValue()).isEqualTo(5_000);
    }

    @Test
    void tellsAnErrorWhosePageIsNoText() {
        ObjectNode result = fetch((request, out) -> {
            LoopbackServer.head(out, "HTTP/1.1 404 Not Found", "Content-Type: image/png");
            out.write(new byte[100]);
        });

        assertThat(result.path("status").intValue()).isEqualTo(404);
        assertThat(result.path("text").textValue()).isEmpty();
    }

    @Test
    void comesInPartsThatMakeUpTheWhole() {
        StringBuilder whole = new StringBuilder();
        Random random = new Random(3);
        while (whole.length() < 120_000) {
            whole.append(random.nextInt(4) == 0 ? "\ud83c\udf0a" : random.nextInt(9) == 0 ? "\"\n" : "abc ");
        }
        Script script = LoopbackServer.saying("text/plain; charset=utf-8", whole.toString());
        StringBuilder read = new StringBuilder();

        int offset = 0;
        do {
            ObjectNode part = fetch(script, "\"max_chars\": 30000, \"offset\": " + offset);
            read.append(part.path("text").textValue());
            assertThat(part.path("offset").intValue()).isEqualTo(offset);
            assertThat(part.path("total_chars").intValue()).isEqualTo(whole.length());
            offset = part.path("next_offset").asInt(-1);
        } while (offset > 0);

        assertThat(read.toString()).isEqualTo(whole.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"", "\\", "\n", "\t", "\ud83c\udf0a", "x", "\u0001\u0002y"})
    void staysWithinTheBoundWhateverTheTextIsMadeOf(String piece) {
        ObjectNode result =
                fetch(LoopbackServer.saying("text/plain; charset=utf-8", piece.repeat(60_000)), "\"max_chars\": 30000");

        assertThat(result.path("text").textValue().length()).isGreaterThan(15_000);
        assertThat(result.path("next_offset").intValue())
                .isEqualTo(result.path("text").textValue().length());
    }

    @Test
    void takesNoMoreThanTheBoundAndSaysSo() {
        ObjectNode result =
                fetch(LoopbackServer.saying("text/plain", "\u20ac".repeat(100_000)), "", Map.of("max-bytes", "10000"));

        assertThat(result.path("total_chars").intValue()).isEqualTo(3_333);
        assertThat(result.path("cut").textValue()).contains("its end is missing");
    }

    @Test
    void takesNoMoreOfABombThanTheBound() throws IOException {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
            for (int i = 0; i < 200; i++) {
                gzip.write(" ".repeat(1 << 20).getBytes(UTF_8));
            }
        }

        ObjectNode result = fetch((request, out) -> {
            LoopbackServer.head(out, "HTTP/1.1 200 OK", "Content-Type: text/plain", "Content-Encoding: gzip");
            out.write(bomb.toByteArray());
        });

        assertThat(result.path("total_chars").intValue()).isEqualTo(5_242_880);
        assertThat(result.has("cut")).isTrue();
    }

    @Test
    void takesApartNoMoreTagsThanItHasRoomFor() {
        ObjectNode result = fetch(LoopbackServer.saying("text/html", "<p>x".repeat(300_000)), "\"offset\": 590000");

        assertThat(result.path("total_chars").intValue()).isEqualTo(3 * 200_000 - 2);
        assertThat(result.has("cut")).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "http://127.0.0.1/; not public",
                "http://2130706433/; four decimal numbers",
                "http://data.gov:25/; port 25",
                "ftp://data.gov/; only http and https",
                "not a url; percent-encoded",
                "data.gov/x; starts with https://",
            })
    void saysWhatIsWrongWithAUrl(String url, String expected) {
        try (LoopbackServer server = LoopbackServer.with(LoopbackServer.saying("text/plain", "x"));
                LocalFetcher local = LocalFetcher.trusting(server, Map.of())) {
            HttpFetchTool tool = new HttpFetchTool(local.fetcher(), local.config());

            assertThatThrownBy(() -> ToolCaller.call(tool, Json.object().put("url", url)))
                    .isInstanceOf(ToolFailure.class)
                    .hasMessageContaining(expected);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "\"format\": \"html\"; there are text and raw",
                "\"offset\": 2; has only 1 characters",
                "\"offset\": -1; from 0 to",
                "\"max_chars\": 30001; from 100 to 30000",
                "\"accept\": \"a\\r\\nb: c\"; printable ASCII",
                "\"accept_language\": \"\u00fc\"; printable ASCII",
                "\"method\": \"POST\"; has no such argument",
            })
    void saysWhatIsWrongWithAnArgument(String argument, String expected) {
        assertThatThrownBy(() -> fetch(LoopbackServer.saying("text/plain", "x"), argument))
                .isInstanceOf(ToolFailure.class)
                .hasMessageContaining(expected);
    }

    @Test
    void saysThatAServerIsTooSlow() {
        Script silent = (request, out) -> TimeUnit.SECONDS.sleep(30);

        assertThatThrownBy(() -> fetch(silent, "", Map.of("timeout", "1s")))
                .isInstanceOf(ToolFailure.class)
                .hasMessage("the server did not answer in time");
    }

    @Test
    void saysThatAnAnswerWasCompressedWrongly() {
        Script broken = (request, out) -> {
            LoopbackServer.head(out, "HTTP/1.1 200 OK", "Content-Type: text/plain", "Content-Encoding: gzip");
            out.write(new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 0, 99, 99, 99, 99});
        };

        assertThatThrownBy(() -> fetch(broken)).isInstanceOf(ToolFailure.class).hasMessageContaining("answer");
    }

    @Test
    void leavesTheServerWhenTheCallIsCancelled() throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch left = new CountDownLatch(1);
        Script endless = (request, out) -> {
            LoopbackServer.head(out, "HTTP/1.1 200 OK", "Content-Type: text/plain");
            asked.countDown();
            try {
                while (true) {
                    out.write('.');
                    out.flush();
                    TimeUnit.MILLISECONDS.sleep(20);
                }
            } catch (IOException e) {
                left.countDown();
            }
        };
        try (LoopbackServer server = LoopbackServer.with(endless);
                LocalFetcher local = LocalFetcher.trusting(server, Map.of())) {
            HttpFetchTool tool = new HttpFetchTool(local.fetcher(), local.config());
            UniAssertSubscriber<String> call = tool.call(
                            Json.object().put("url", server.url("/")),
                            new ToolContext(TenantId.DEFAULT, "k", new CallThreads()))
                    .subscribe()
                    .withSubscriber(UniAssertSubscriber.create());
            assertThat(asked.await(5, TimeUnit.SECONDS)).isTrue();

            call.cancel();

            assertThat(left.await(5, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void outlastsTheTimeoutOfTheFetch() {
        try (LoopbackServer server = LoopbackServer.with(LoopbackServer.saying("text/plain", "x"));
                LocalFetcher local = LocalFetcher.trusting(server, Map.of("timeout", "45s"))) {
            HttpFetchTool tool = new HttpFetchTool(local.fetcher(), local.config());

            assertThat(tool.spec().deadline()).isEqualTo(Duration.ofSeconds(55));
        }
    }

    @Test
    void endsOnAnyBytesWithAResultOrAFailure() {
        Random random = new Random(11);
        String[] types = {
            "text/html", "text/plain", "application/json", "application/octet-stream", "text/html; charset=utf-16"
        };
        String[] parts = {
            "<p>",
            "</div>",
            "<a href='",
            "\u0000",
            "<!--",
            "&#x110000;",
            "\ud83c",
            "<title>",
            "x",
            "<pre>",
            "]]>",
            "<td>"
        };
        for (int i = 0; i < 150; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(200); n > 0; n--) {
                text.append(parts[random.nextInt(parts.length)]);
            }
            byte[] body = random.nextBoolean()
                    ? text.toString().getBytes(random.nextBoolean() ? UTF_16LE : UTF_8)
                    : text.toString().getBytes(ISO_8859_1);
            try {
                ObjectNode result = fetch(LoopbackServer.saying(types[random.nextInt(types.length)], body));
                assertThat(result.path("status").intValue()).isEqualTo(200);
            } catch (ToolFailure failure) {
                assertThat(failure.getMessage()).contains("no text");
            }
        }
    }
}
