package org.mcpagentic.custommcp.tools;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mcpagentic.agent.tool.CallThreads;
import org.mcpagentic.agent.tool.ToolContext;
import org.mcpagentic.agent.tool.ToolFailure;
import org.mcpagentic.custommcp.tools.csv.CsvConfig;
import org.mcpagentic.custommcp.tools.fetch.LocalFetcher;
import org.mcpagentic.custommcp.tools.fetch.LoopbackServer;
import org.mcpagentic.custommcp.tools.fetch.LoopbackServer.Script;
import org.mcpagentic.store.TenantId;
import org.mcpagentic.testsupport.Settings;

class CsvSummaryToolTest {

    private static final String PEOPLE = """
            name,age,height,joined,active,note
            Ann,34,1.70,2024-02-29,true,
            Bob,41,1.82,2023-11-05,false,likes tea
            Cleo,29,1.655,2025-01-01,TRUE,NA
            Dan,,1.9,2024-06-30,false,likes tea
            """;

    private static CsvConfig config(Map<String, String> settings) {
        Map<String, String> all = new TreeMap<>();
        settings.forEach((name, value) -> all.put("tools.csv-summary." + name, value));
        return Settings.of(CsvConfig.class, all);
    }

    private static ObjectNode summarise(ObjectNode arguments) {
        try (LoopbackServer server = LoopbackServer.with(LoopbackServer.saying("text/plain", ""));
                LocalFetcher local = LocalFetcher.trusting(server, Map.of())) {
            return summarise(new CsvSummaryTool(local.fetcher(), config(Map.of())), arguments);
        }
    }

    private static ObjectNode summarise(CsvSummaryTool tool, ObjectNode arguments) {
        String result = ToolCaller.call(tool, arguments);
        assertThat(result.length()).isLessThanOrEqualTo(tool.spec().maxOutputChars());
        return Json.object(result);
    }

    private static ObjectNode summarise(String csv, String moreArguments) {
        return summarise(Json.object("{" + moreArguments + "}").put("csv", csv));
    }

    private static ObjectNode summarise(String csv) {
        return summarise(csv, "");
    }

    private static ObjectNode summariseUrl(Script script, String moreArguments, Map<String, String> settings) {
        try (LoopbackServer server = LoopbackServer.with(script);
                LocalFetcher local = LocalFetcher.trusting(server, Map.of())) {
            return summarise(
                    new CsvSummaryTool(local.fetcher(), config(settings)),
                    Json.object("{" + moreArguments + "}").put("url", server.url("/data.csv")));
        }
    }

    private static JsonNode column(ObjectNode summary, String name) {
        for (JsonNode column : summary.path("columns")) {
            if (column.path("name").textValue().equals(name)) {
                return column;
            }
        }
        throw new AssertionError("no column " + name + " in " + summary);
    }

    @Test
    void describesEachColumn() {
        ObjectNode summary = summarise(PEOPLE);

        assertThat(summary).isEqualTo(Json.object("""
                        {
                          "rows": 4,
                          "columns_total": 6,
                          "delimiter": ",",
                          "header": "first_row",
                          "columns": [
                            {"name": "name", "type": "text", "count": 4, "missing": 0, "distinct": 4,
                             "min_length": 3, "max_length": 4,
                             "top": [{"value": "Ann", "count": 1}, {"value": "Bob", "count": 1},
                                     {"value": "Cleo", "count": 1}, {"value": "Dan", "count": 1}]},
                            {"name": "age", "type": "integer", "count": 3, "missing": 1, "missing_as": {"empty": 1},
                             "distinct": 3, "min": 29, "max": 41, "sum": 104, "mean": 34.6666666666667,
                             "sd": 6.02771377334171, "quantiles": {"0.25": 31.5, "0.5": 34, "0.75": 37.5}},
                            {"name": "height", "type": "number", "count": 4, "missing": 0, "distinct": 4,
                             "min": 1.655, "max": 1.9, "sum": 7.075, "mean": 1.76875,
                             "sd": 0.111831346231725, "quantiles": {"0.25": 1.68875, "0.5": 1.76, "0.75": 1.84}},
                            {"name": "joined", "type": "date", "count": 4, "missing": 0, "distinct": 4,
                             "earliest": "2023-11-05", "latest": "2025-01-01"},
                            {"name": "active", "type": "boolean", "count": 4, "missing": 0, "distinct": 3,
                             "top": [{"value": "false", "count": 2}, {"value": "TRUE", "count": 1},
                                     {"value": "true", "count": 1}]},
                            {"name": "note", "type": "text", "count": 2, "missing": 2,
                             "missing_as": {"empty": 1, "NA": 1}, "distinct": 1, "min_length": 9, "max_length": 9,
                             "top": [{"value": "likes tea", "count": 2}]}
                          ]
                        }
                        """));
    }

    @Test
    void formsGroups() {
        ObjectNode summary = summarise(
                "city;kind;price\nBern;a;1\nBern;b;2\nBasel;a;4\n;a;8\nBern;a;\nBern;a;x\n",
                "\"group_by\": \"city\", \"aggregate\": [\"PRICE\"], \"columns\": [\"kind\"]");

        assertThat(summary.path("groups")).isEqualTo(Json.object("""
                        {"by": "city", "total": 3, "groups": [
                          {"value": "Bern", "rows": 4, "figures": {"price":
                            {"count": 2, "min": 1, "max": 2, "sum": 3, "mean": 1.5}}},
                          {"value": "", "rows": 1, "figures": {"price":
                            {"count": 1, "min": 8, "max": 8, "sum": 8, "mean": 8}}},
                          {"value": "Basel", "rows": 1, "figures": {"price":
                            {"count": 1, "min": 4, "max": 4, "sum": 4, "mean": 4}}}]}
                        """));
        assertThat(summary.path("columns")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '@',
            value = {
                "a,b\\n1,2@,",
                "a;b\\n1,5;2,5\\n3,5;4@;",
                "a\\tb\\n1,0\\t2@tab",
                "a|b|c\\n1|2|3@|",
                "a\\n1\\n2@,",
                "\"a;b\",c\\n\"d;e;f\",g\\n\";\",h@,",
                "text with, a comma;b\\nx;y\\nz, w, v;u@;",
                "a@,",
            })
    void findsTheDelimiterOut(String csv, String expected) {
        ObjectNode summary = summarise(csv.replace("\\n", "\n").replace("\\t", "\t"));

        assertThat(summary.path("delimiter").textValue()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a,b\\n1,2|first_row|a,b|1",
                "1,2\\n3,4|none|column_1,column_2|2",
                "x,2024-01-01\\ny,2024-01-02|none|column_1,column_2|2",
                "x,true\\ny,false|none|column_1,column_2|2",
                "x,x\\ny,z|none|column_1,column_2|2",
                ",a,b\\n0,1,2|first_row|column_1,a,b|1",
                ",,b\\n0,1,2|none|column_1,column_2,column_3|2",
                "name,city\\nAnn,Bern|first_row|name,city|1",
            })
    void findsTheHeaderOut(String csv, String header, String names, int rows) {
        ObjectNode summary = summarise(csv.replace("\\n", "\n"));

        assertThat(summary.path("header").textValue()).isEqualTo(header);
        assertThat(summary.path("columns").findValuesAsText("name")).isEqualTo(List.of(names.split(",")));
        assertThat(summary.path("rows").intValue()).isEqualTo(rows);
    }

    @Test
    void takesTheHeaderForWhatItIsToldTo() {
        assertThat(summarise("1,2\n3,4", "\"header\": \"first_row\"")
                        .path("columns")
                        .findValuesAsText("name"))
                .containsExactly("1", "2");
        assertThat(summarise("a,b\nc,d", "\"header\": \"none\"").path("rows").intValue())
                .isEqualTo(2);
    }

    @Test
    void givesEachColumnANameOfItsOwn() {
        ObjectNode summary = summarise("a,a,,a (2),b\n1,2,3,4,5", "\"header\": \"first_row\"");

        assertThat(summary.path("columns").findValuesAsText("name"))
                .containsExactly("a", "a (2)", "column_3", "a (2) (2)", "b");
    }

    @Test
    void readsDecimalCommas() {
        ObjectNode summary = summarise("a;b\n1,5;x\n2,5;y\n", "\"decimal\": \"comma\"");

        assertThat(column(summary, "a").path("sum").decimalValue()).isEqualByComparingTo("4");
    }

    @Test
    void countsRowsOfAnotherLength() {
        ObjectNode summary = summarise("a,b,c\n1,2,3\n\n4,5\n6\n7,8,9,10\n");

        assertThat(summary.path("rows").intValue()).isEqualTo(4);
        assertThat(summary.path("short_rows")).hasToString("{\"rows\":2,\"first_line\":4}");
        assertThat(summary.path("long_rows")).hasToString("{\"rows\":1,\"first_line\":6}");
        assertThat(column(summary, "c").path("missing").intValue()).isEqualTo(2);
        assertThat(column(summary, "c").path("sum").intValue()).isEqualTo(12);
    }

    @Test
    void tellsMixedColumnsApart() {
        JsonNode column = column(summarise("a\n1\n2.5\nx\n=1+1\n2024-01-01\ntrue\n2024-01-01T10:00Z\n"), "a");

        assertThat(column.path("type").textValue()).isEqualTo("mixed");
        assertThat(column.path("kinds"))
                .isEqualTo(Json.object(
                        "{\"integer\": 1, \"number\": 1, \"text\": 2, \"date\": 1, \"boolean\": 1, \"date_time\": 1}"));
        assertThat(column.path("sum").decimalValue()).isEqualByComparingTo("3.5");
        assertThat(column.path("latest").textValue()).isEqualTo("2024-01-01T10:00Z");
    }

    @Test
    void addsUpExactly() {
        StringBuilder csv = new StringBuilder("a\n");
        for (int i = 0; i < 10; i++) {
            csv.append("0.1\n1e17\n-1e17\n");
        }
        JsonNode column = column(summarise(csv.toString()), "a");

        assertThat(column.path("sum").decimalValue()).isEqualByComparingTo("1");
        assertThat(column.path("mean").decimalValue()).isEqualByComparingTo("0.0333333333333333");
    }

    @Test
    void givesFiguresOfHugeAndTinyNumbersShortly() {
        JsonNode column = column(summarise("a\n1e300\n1e-300\n-1e300\n123456789012345678901234567890\n"), "a");

        assertThat(column.path("max").decimalValue()).isEqualByComparingTo("1e300");
        assertThat(column.path("sum").toString().length()).isLessThan(40);
        assertThat(column.has("sd")).isFalse();
    }

    @Test
    void givesTheQuantilesThatWereAskedFor() {
        ObjectNode summary = summarise("a\n1\n2\n3\n4\n5\n", "\"quantiles\": [0, 0.1, 1]");

        assertThat(column(summary, "a").path("quantiles")).isEqualTo(Json.object("{\"0\": 1, \"0.1\": 1.4, \"1\": 5}"));
        assertThat(column(summarise("a\n1\n", "\"quantiles\": []"), "a").has("quantiles"))
                .isFalse();
    }

    @Test
    void saysWhereItCannotCountValues() {
        String csv = "a\n"
                + String.join(
                        "\n", IntStream.range(0, 10_001).mapToObj(i -> "v" + i).toList());

        JsonNode column = column(summarise(csv), "a");

        assertThat(column.path("distinct").textValue()).isEqualTo(">10000");
        assertThat(column.path("top").textValue()).startsWith("not counted");
    }

    @Test
    void fitsManyColumnsAndNamesThoseThatDoNotFit() {
        String names = String.join(
                ",",
                IntStream.range(0, 500)
                        .mapToObj(i -> "column \"\"" + i)
                        .map(n -> "\"" + n + "\"")
                        .toList());
        String row = String.join(
                ",", IntStream.range(0, 500).mapToObj(String::valueOf).toList());

        ObjectNode summary = summarise(names + "\n" + row + "\n" + row + "\n");

        int shown = summary.path("columns").size();
        assertThat(shown).isBetween(50, 499);
        assertThat(summary.path("left_out").path("columns").intValue()).isEqualTo(500 - shown);
        String next = summary.path("left_out").path("names").path(0).textValue();
        assertThat(next).isEqualTo("column \"" + shown);
        ObjectNode rest = summarise(Json.object()
                .put("csv", names + "\n" + row)
                .<ObjectNode>set("columns", Json.object().arrayNode().add(next)));
        assertThat(rest.path("columns").findValuesAsText("name")).containsExactly(next);
    }

    @Test
    void fitsManyGroupsAndCountsThoseThatDoNotFit() {
        StringBuilder csv = new StringBuilder("g,v\n");
        for (int i = 0; i < 1_000; i++) {
            csv.append("group").append(i).append(',').append(i).append('\n');
        }
        ObjectNode groups = (ObjectNode) summarise(csv.toString(), "\"group_by\": \"g\", \"aggregate\": [\"v\"]")
                .path("groups");

        assertThat(groups.path("total").intValue()).isEqualTo(1_000);
        assertThat(groups.path("groups").size() + groups.path("left_out").intValue())
                .isEqualTo(1_000);
        assertThatThrownBy(() -> summarise(csv + "one more,1\n", "\"group_by\": \"g\""))
                .isInstanceOf(ToolFailure.class)
                .hasMessageContaining("more than 1000 different values");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{}; either \"csv\"",
                "{\"csv\": \"a\", \"url\": \"http://data.gov\"}; either \"csv\"",
                "{\"csv\": \"a,b\", \"columns\": [\"c\"]}; there is no column \"c\", there are a, b",
                "{\"csv\": \"a,b\", \"columns\": [5]}; list of strings",
                "{\"csv\": \"a,b\", \"columns\": \"a\"}; is a list",
                "{\"csv\": \"a,b\", \"aggregate\": [\"a\"]}; name a column in \"group_by\"",
                "{\"csv\": \"a,b\", \"group_by\": \"c\"}; there is no column \"c\"",
                "{\"csv\": \"a,b\", \"group_by\": \"a\", \"aggregate\": [\"c\"]}; there is no column \"c\"",
                "{\"csv\": \"a\", \"quantiles\": [1.1]}; numbers from 0.0 to 1.0",
                "{\"csv\": \"a\", \"quantiles\": [\"0.5\"]}; numbers from 0.0 to 1.0",
                "{\"csv\": \"a\", \"quantiles\": 0.5}; is a list",
                "{\"csv\": \"a\", \"delimiter\": \"x\"}; there is no delimiter",
                "{\"csv\": \"a\", \"header\": \"yes\"}; there is no header",
                "{\"csv\": \"a\", \"decimal\": \",\"}; there is no decimal",
                "{\"csv\": \"a\", \"encoding\": \"utf-7\"}; there is no encoding",
                "{\"csv\": \"a\", \"sep\": \",\"}; has no such argument",
                "{\"csv\": \"\"}; the CSV is empty",
                "{\"csv\": \"\\n\\n\"}; the CSV is empty",
                "{\"csv\": \"a,\\\"b\"}; never closed",
                "{\"csv\": \"a,b\\u0000\"}; NUL characters",
                "{\"url\": \"http://10.0.0.1/data.csv\"}; not public",
            })
    void saysWhatIsWrong(String arguments, String expected) {
        assertThatThrownBy(() -> summarise(Json.object(arguments)))
                .isInstanceOf(ToolFailure.class)
                .hasMessageContaining(expected.replace("\"c\", there", "\"c\"; there"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "text/csv; UTF-8; ''; ; utf-8",
                "text/csv; UTF-8; \ufeff; ; utf-8",
                "text/csv; UTF-16LE; \ufeff; ; utf-16le",
                "text/csv; UTF-16BE; \ufeff; ; utf-16be",
                "text/csv, charset=iso-8859-1; ISO-8859-1; ''; ; iso-8859-1",
                "text/csv; windows-1252; ''; windows-1252; windows-1252",
                "text/csv, charset=utf-8; ISO-8859-1; ''; iso-8859-1; iso-8859-1",
                "text/csv, charset=iso-8859-1; UTF-8; \ufeff; iso-8859-1; utf-8",
                "application/octet-stream; UTF-16BE; ''; utf-16; utf-16",
            })
    void readsEachEncoding(String contentType, String charset, String mark, String asked, String expected) {
        byte[] csv = (mark + "gr\u00f6\u00dfe\r\n1\r\n2\r\n").getBytes(Charset.forName(charset));

        ObjectNode summary = summariseUrl(
                LoopbackServer.saying(contentType.replace(',', ';'), csv),
                asked == null ? "" : "\"encoding\": \"" + asked + "\"",
                Map.of());

        assertThat(summary.path("encoding").textValue()).isEqualTo(expected);
        assertThat(column(summary, "gr\u00f6\u00dfe").path("sum").intValue()).isEqualTo(3);
    }

    @Test
    void saysThatTheEncodingIsWrong() {
        byte[] csv = "gr\u00f6\u00dfe\n1\n".getBytes(Charset.forName("windows-1252"));

        assertThatThrownBy(() -> summariseUrl(LoopbackServer.saying("text/csv", csv), "", Map.of()))
                .isInstanceOf(ToolFailure.class)
                .hasMessageContaining("not of the encoding")
                .hasMessageContaining("windows-1252");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void readsWhatIsCompressed(boolean inTransit) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write("a,b\n1,2\n".getBytes(UTF_8));
        }
        Script script = (request, out) -> {
            LoopbackServer.head(
                    out,
                    "HTTP/1.1 200 OK",
                    inTransit ? "Content-Encoding: gzip" : "Content-Type: application/gzip",
                    "Content-Length: " + compressed.size());
            compressed.writeTo(out);
        };

        assertThat(summariseUrl(script, "", Map.of()).path("rows").intValue()).isOne();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "HTTP/1.1 404 Not Found; text/csv; status 404",
                "HTTP/1.1 200 OK; text/html; leads to a web page",
                "HTTP/1.1 302 Found; text/csv; redirect",
            })
    void saysThatThereIsNoFile(String status, String contentType, String expected) {
        Script script = (request, out) -> LoopbackServer.head(
                out, status, "Content-Type: " + contentType, "Content-Length: 0", "Location: ftp://x");

        assertThatThrownBy(() -> summariseUrl(script, "", Map.of()))
                .isInstanceOf(ToolFailure.class)
                .message()
                .containsAnyOf(expected, "only http and https");
    }

    @Test
    void refusesAFileThatIsTooLarge() throws IOException {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
            for (int i = 0; i < 200; i++) {
                gzip.write("1,2\n".repeat(20_000).getBytes(UTF_8));
            }
        }
        Script script = (request, out) -> {
            LoopbackServer.head(out, "HTTP/1.1 200 OK", "Content-Type: text/csv", "Content-Encoding: gzip");
            bomb.writeTo(out);
        };

        assertThatThrownBy(() -> summariseUrl(script, "", Map.of("max-bytes", "1000000")))
                .isInstanceOf(ToolFailure.class)
                .hasMessageContaining("more than 1000000 bytes");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "''; x; more than 100000 characters",
                "''; 'a,'; more than 500 columns",
                "'\"'; x; never be closed",
                "'a,b\n\"'; 'x,y\n'; never be closed",
                "''; '\"\"x'; goes on after its closing quote",
                "''; '\u0000'; NUL characters",
                "''; '\u0001\u0000'; NUL characters",
            })
    void endsEarlyOnAFileThatNeverDoes(String beginning, String piece, String expected) {
        byte[] bytes = piece.repeat(8_192).getBytes(UTF_8);
        Script endless = (request, out) -> {
            LoopbackServer.head(out, "HTTP/1.1 200 OK", "Content-Type: text/csv");
            out.write(beginning.getBytes(UTF_8));
            while (true) {
                out.write(bytes);
            }
        };

        assertThatThrownBy(() -> summariseUrl(endless, "", Map.of()))
                .isInstanceOf(ToolFailure.class)
                .hasMessageContaining(expected);
    }

    @Test
    void saysThatTheServerBrokeOff() {
        Script broken = (request, out) -> {
            LoopbackServer.head(out, "HTTP/1.1 200 OK", "Content-Type: text/csv", "Content-Length: 1000");
            out.write("a,b\n1,2\n".getBytes(UTF_8));
        };

        assertThatThrownBy(() -> summariseUrl(broken, "", Map.of()))
                .isInstanceOf(ToolFailure.class)
                .hasMessage("the connection broke before everything had come");
    }

    @Test
    void saysThatTheServerIsTooSlow() {
        Script slow = (request, out) -> {
            LoopbackServer.head(out, "HTTP/1.1 200 OK", "Content-Type: text/csv");
            while (true) {
                out.write("1,2\n".getBytes(UTF_8));
                out.flush();
                TimeUnit.MILLISECONDS.sleep(20);
            }
        };

        assertThatThrownBy(() -> summariseUrl(slow, "", Map.of("timeout", "1s")))
                .isInstanceOf(ToolFailure.class)
                .hasMessage("the server did not send everything in time");
    }

    @Test
    void leavesTheServerWhenTheCallIsCancelled() throws InterruptedException {
        CountDownLatch underWay = new CountDownLatch(1);
        CountDownLatch left = new CountDownLatch(1);
        byte[] rows = "1,2\n".repeat(10_000).getBytes(UTF_8);
        Script endless = (request, out) -> {
            LoopbackServer.head(out, "HTTP/1.1 200 OK", "Content-Type: text/csv");
            try {
                while (true) {
                    out.write(rows);
                    underWay.countDown();
                }
            } catch (IOException e) {
                left.countDown();
            }
        };
        try (LoopbackServer server = LoopbackServer.with(endless);
                LocalFetcher local = LocalFetcher.trusting(server, Map.of())) {
            CsvSummaryTool tool = new CsvSummaryTool(local.fetcher(), config(Map.of("max-bytes", "10000000000")));
            UniAssertSubscriber<String> call = tool.call(
                            Json.object().put("url", server.url("/")),
                            new ToolContext(TenantId.DEFAULT, "k", new CallThreads()))
                    .subscribe()
                    .withSubscriber(UniAssertSubscriber.create());
            assertThat(underWay.await(10, TimeUnit.SECONDS)).isTrue();

            call.cancel();

            assertThat(left.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void outlastsTheTimeoutOfTheFile() {
        try (LoopbackServer server = LoopbackServer.with(LoopbackServer.saying("text/plain", ""));
                LocalFetcher local = LocalFetcher.trusting(server, Map.of())) {
            CsvSummaryTool tool = new CsvSummaryTool(local.fetcher(), config(Map.of()));

            assertThat(tool.spec().deadline()).isEqualTo(Duration.ofMinutes(2));
        }
    }

    /** The figures of 100,000 rows against those of another calculation: all values at once, sorted, in two passes. */
    @Test
    void isRightAboutAHundredThousandRows() {
        int count = 100_000;
        Random random = new Random(42);
        String[] cities = {"Bern", "Basel", "Gen\u00e8ve", "Z\u00fcrich, West", "Chur \"Altstadt\""};
        List<BigDecimal> prices = new ArrayList<>();
        List<BigDecimal> amounts = new ArrayList<>();
        Map<String, List<BigDecimal>> byCity = new TreeMap<>();
        LocalDate earliest = LocalDate.MAX;
        LocalDate latest = LocalDate.MIN;
        int missing = 0;
        StringBuilder csv = new StringBuilder("id,city,price,amount,day,comment\r\n");
        for (int i = 0; i < count; i++) {
            String city = cities[(int) Math.min(4, Math.abs(random.nextGaussian()) * 2)];
            BigDecimal price = BigDecimal.valueOf(Math.round(Math.exp(3 + random.nextGaussian()) * 100), 2);
            boolean none = random.nextInt(20) == 0;
            BigDecimal amount = BigDecimal.valueOf(random.nextInt(2_000) - 1_000);
            LocalDate day = LocalDate.of(2020, 1, 1).plusDays(random.nextInt(2_000));
            csv.append(i)
                    .append(",\"")
                    .append(city.replace("\"", "\"\""))
                    .append("\",")
                    .append(none ? "NA" : price)
                    .append(',')
                    .append(amount)
                    .append(',')
                    .append(day)
                    .append(",\"row ")
                    .append(i)
                    .append("\nsecond line\"\r\n");
            if (none) {
                missing++;
            } else {
                prices.add(price);
                byCity.computeIfAbsent(city, first -> new ArrayList<>()).add(price);
            }
            amounts.add(amount);
            earliest = day.isBefore(earliest) ? day : earliest;
            latest = day.isAfter(latest) ? day : latest;
        }

        ObjectNode summary = summariseUrl(
                LoopbackServer.saying("text/csv; charset=utf-8", csv.toString()),
                "\"group_by\": \"city\", \"aggregate\": [\"price\"], \"quantiles\": [0.01, 0.25, 0.5, 0.75, 0.99]",
                Map.of());

        assertThat(summary.path("rows").intValue()).isEqualTo(count);
        assertThat(summary.has("approximate")).isFalse();
        assertThat(column(summary, "price").path("missing").intValue()).isEqualTo(missing);
        assertFigures(column(summary, "price"), prices);
        assertFigures(column(summary, "amount"), amounts);
        assertThat(column(summary, "id").path("distinct").textValue()).isEqualTo(">10000");
        assertThat(column(summary, "day").path("earliest").textValue()).isEqualTo(earliest.toString());
        assertThat(column(summary, "day").path("latest").textValue()).isEqualTo(latest.toString());
        assertThat(column(summary, "comment").path("max_length").intValue())
                .isEqualTo("row 99999\nsecond line".length());
        JsonNode groups = summary.path("groups").path("groups");
        assertThat(groups).hasSize(cities.length);
        for (JsonNode group : groups) {
            List<BigDecimal> of = byCity.getOrDefault(group.path("value").textValue(), List.of());
            JsonNode figures = group.path("figures").path("price");
            assertThat(figures.path("count").intValue()).isEqualTo(of.size());
            assertThat(figures.path("sum").decimalValue())
                    .isEqualByComparingTo(of.stream().reduce(BigDecimal.ZERO, BigDecimal::add));
        }
    }

    private static void assertFigures(JsonNode column, List<BigDecimal> values) {
        List<BigDecimal> sorted = values.stream().sorted().toList();
        BigDecimal sum = values.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        double mean = sum.doubleValue() / values.size();
        double squares = values.stream()
                .mapToDouble(value -> (value.doubleValue() - mean) * (value.doubleValue() - mean))
                .sum();
        assertThat(column.path("count").intValue()).isEqualTo(values.size());
        assertThat(column.path("min").decimalValue()).isEqualByComparingTo(sorted.getFirst());
        assertThat(column.path("max").decimalValue()).isEqualByComparingTo(sorted.getLast());
        assertThat(column.path("sum").decimalValue()).isEqualByComparingTo(sum);
        assertThat(column.path("mean").doubleValue()).isCloseTo(mean, within(1e-9));
        assertThat(column.path("sd").doubleValue()).isCloseTo(Math.sqrt(squares / (values.size() - 1)), within(1e-6));
        for (double quantile : new double[] {0.01, 0.25, 0.5, 0.75, 0.99}) {
            double rank = quantile * (sorted.size() - 1);
            double below = sorted.get((int) Math.floor(rank)).doubleValue();
            double above = sorted.get((int) Math.ceil(rank)).doubleValue();
            assertThat(column.path("quantiles").path(String.valueOf(quantile)).doubleValue())
                    .isCloseTo(below + (above - below) * (rank - Math.floor(rank)), within(1e-9));
        }
    }

    @Test
    void endsOnAnyTextWithAResultOrAFailure() {
        Random random = new Random(23);
        String[] parts = {
            "a",
            "1",
            "-2.5",
            "1e300",
            "NA",
            "",
            ",",
            ",",
            ";",
            "\t",
            "|",
            "\n",
            "\n",
            "\r\n",
            "\"",
            "\"x\"",
            "true",
            "2024-01-01",
            "2024-01-01T10:00:00Z",
            "=1+1",
            "\ufeff",
            "\ud83c",
            "\ud83c\udf0a",
            "\uffff",
            " ",
            "\u0001",
            "99999999999999999999999999999999"
        };
        String[] more = {
            "",
            "\"group_by\": \"column_1\", \"aggregate\": [\"column_1\"], \"header\": \"none\"",
            "\"columns\": [\"a\"]",
            "\"decimal\": \"comma\", \"delimiter\": \";\"",
            "\"quantiles\": [0, 1], \"header\": \"first_row\""
        };
        try (LoopbackServer server = LoopbackServer.with(LoopbackServer.saying("text/plain", ""));
                LocalFetcher local = LocalFetcher.trusting(server, Map.of())) {
            CsvSummaryTool tool = new CsvSummaryTool(local.fetcher(), config(Map.of()));
            for (int i = 0; i < 20_000; i++) {
                StringBuilder csv = new StringBuilder();
                for (int n = random.nextInt(30); n >= 0; n--) {
                    csv.append(parts[random.nextInt(parts.length)]);
                }
                try {
                    ObjectNode summary = summarise(
                            tool,
                            Json.object("{" + more[random.nextInt(more.length)] + "}")
                                    .put("csv", csv.toString()));
                    assertThat(summary.path("columns_total").intValue()).isPositive();
                } catch (ToolFailure failure) {
                    assertThat(failure.getMessage()).isNotBlank().hasSizeLessThan(1_500);
                }
            }
        }
    }
}
