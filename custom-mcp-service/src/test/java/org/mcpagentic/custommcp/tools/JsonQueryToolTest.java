package org.mcpagentic.custommcp.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mcpagentic.agent.tool.ToolFailure;
import org.mcpagentic.custommcp.tools.json.JsonDocument;
import org.mcpagentic.custommcp.tools.json.JsonQuery;

class JsonQueryToolTest {

    private static final String SHOP = """
            {"people": [{"name": "Ada", "age": 36}, {"name": "Bob", "age": 28}, {"name": "Cy", "age": 41}],
             "orders": [{"id": 1, "status": "open"}, {"id": 2, "status": "done"}, {"id": 3, "status": "open"}],
             "items": [{"name": "a", "price": 1.10}, {"name": "b", "price": 20}, {"name": "c", "price": 3}, {"name": "d", "price": 4.5}],
             "first-name": "Zo\u00eb", "nothing": null, "exact": 12345678901234567890.123456789}
            """;

    private final JsonQueryTool tool = new JsonQueryTool();

    private String ask(String json, String query) {
        return ToolCaller.call(tool, Json.object().put("json", json).put("query", query));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '^',
            delimiter = '#',
            value = {
                "people[?age > `30`].name # [\"Ada\",\"Cy\"]",
                "length(orders[?status == 'open']) # 2",
                "sort_by(items, &price)[-3:].{name: name, price: price} # [{\"name\":\"c\",\"price\":3},{\"name\":\"d\",\"price\":4.5},{\"name\":\"b\",\"price\":20}]",
                "people[0].name # \"Ada\"",
                "people[-1].age # 41",
                "people[].age | sum(@) # 105",
                "avg(people[].age) # 35",
                "max_by(people, &age).name # \"Cy\"",
                "join(', ', people[].name) # \"Ada, Bob, Cy\"",
                "reverse(sort(people[].name)) # [\"Cy\",\"Bob\",\"Ada\"]",
                "keys(people[0]) # [\"name\",\"age\"]",
                "\"first-name\" # \"Zo\u00eb\"",
                "people[?contains(name, 'o')].name # [\"Bob\"]",
                "orders[?status=='open' && id > `1`].id # [3]",
                "people[*].[name, age][0] # [\"Ada\",\"Bob\",\"Cy\"]",
                "{n: length(people), first: people[0].name} # {\"n\":3,\"first\":\"Ada\"}",
                "nothing # null",
                "missing.deep[3] # null",
                "exact # 12345678901234567890.123456789",
                "items[0].price # 1.10",
                "type(people) # \"array\"",
                "to_string(orders[0]) # \"{\\\"id\\\":1,\\\"status\\\":\\\"open\\\"}\"",
                "merge(people[0], {age: `37`}) # {\"name\":\"Ada\",\"age\":37}",
                "`[1, 2]` # [1,2]",
                "people[?name == 'Ada'] | [0].age # 36",
            })
    void answers(String query, String expected) {
        assertThat(ask(SHOP, query)).isEqualTo(expected);
    }

    @Test
    void takesJsonThatIsNoText() {
        ObjectNode arguments = Json.object().put("query", "a[1]");
        arguments.set("json", Json.object("{\"a\": [1, {\"b\": 2}]}"));

        assertThat(ToolCaller.call(tool, arguments)).isEqualTo("{\"b\":2}");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '^',
            delimiter = '#',
            value = {
                "people[?age > 30] # at character 15: syntax error mismatched input '30'",
                "people[?age > 30] # literal numbers stand in backticks: `30`",
                "people[ # at character 8",
                "a.b.$c # at character 5",
                "frobnicate(people) # unknown function \"frobnicate\"",
                "length(people, people) # length",
                "sum(people[].name) # \"sum\"",
                "people[99999999999] # too large",
                "`{broken` # cannot be read",
                "^^ # cannot be read",
            })
    void tellsTheModelWhatToRepairInTheQuery(String query, String expected) {
        assertThatThrownBy(() -> ask(SHOP, query))
                .isInstanceOf(ToolFailure.class)
                .hasMessageContaining(expected)
                .hasMessageMatching("(?s).{10,400}");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '^',
            delimiter = '#',
            value = {
                "^^ # is empty",
                "{\"a\": 1 # at line 1, column",
                "{\"a\": 1} x # not JSON",
                "{'a': 1} # Unexpected character (''' (code 39))",
                "{\"a\": 1, \"a\": 2} # Duplicate field 'a'",
                "[01] # Leading zeroes not allowed",
                "[NaN] # not JSON",
            })
    void tellsTheModelWhatToRepairInTheJson(String json, String expected) {
        assertThatThrownBy(() -> ask(json, "@")).isInstanceOf(ToolFailure.class).hasMessageContaining(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{}; \"json\" is missing",
                "{\"json\": 5, \"query\": \"@\"}; is a string",
                "{\"json\": \"1\"}; \"query\" is missing",
                "{\"json\": \"1\", \"query\": \"@\", \"jq\": 1}; it takes json, query",
            })
    void refusesArgumentsThatTheSchemaForbids(String arguments, String expected) {
        assertThatThrownBy(() -> ToolCaller.call(tool, Json.object(arguments)))
                .isInstanceOf(ToolFailure.class)
                .hasMessageContaining(expected);
    }

    @Test
    void refusesJsonThatIsNestedTooDeeply() {
        String deep = "[".repeat(101) + "]".repeat(101);
        ObjectNode direct = Json.object().put("query", "@");
        direct.set("json", Json.object("{\"a\": " + deep + "}").path("a"));

        assertThat(ask("[".repeat(100) + "]".repeat(100), "type(@)")).isEqualTo("\"array\"");
        assertThatThrownBy(() -> ask(deep, "@")).isInstanceOf(ToolFailure.class).hasMessageContaining("depth (101)");
        assertThatThrownBy(() -> ToolCaller.call(tool, direct))
                .isInstanceOf(ToolFailure.class)
                .hasMessageContaining("deeper than 100");
    }

    @Test
    void refusesJsonThatIsTooLong() {
        String large = "[" + "1,".repeat(100_000) + "1]";
        ObjectNode direct = Json.object().put("query", "@");
        direct.set("json", Json.object("{\"a\": " + large + "}").path("a"));

        assertThatThrownBy(() -> ask(large, "@"))
                .isInstanceOf(ToolFailure.class)
                .hasMessageContaining("at most 200000");
        assertThatThrownBy(() -> ToolCaller.call(tool, direct))
                .isInstanceOf(ToolFailure.class)
                .hasMessageContaining("more than 200000");
    }

    @Test
    void asksTheLargestJson() {
        String large = IntStream.range(0, 8_700)
                .mapToObj(i -> "{\"id\":" + i + ",\"on\":" + (i % 3 == 0) + "}")
                .collect(Collectors.joining(",", "[", "]"));

        assertThat(large.length()).isBetween(190_000, 200_000);
        assertThat(ask(large, "length([?on])")).isEqualTo("2900");
        assertThat(ask(large, "sort_by([?on], &id)[-1].id")).isEqualTo("8697");
    }

    @Test
    void saysThatTheResultIsTooLong() {
        String large = "[" + "123456789,".repeat(10_000) + "1]";

        assertThatThrownBy(() -> ask(large, "@"))
                .isInstanceOf(ToolFailure.class)
                .hasMessageContaining("has 100003 characters, at most 40000 are given");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[@,@]|",
                "[@,@][]|",
                "{a:@,b:@}|",
                "[[@,@],[@,@]]|",
                "join('', [@,@])|",
                "[to_string(@),to_string(@)]|",
                "map(&[@,@], [@,@])|",
                "[[@,@]==[@,@],@]|",
                "[contains([@,@],@),@]|",
                "sort_by([@,@], &to_string(@))|",
                "[].",
                "*.",
                "[*].",
                "(",
                "[",
                "!",
                "{a:",
                "a||",
                "a&&",
                "a==",
                "a[?",
                "abs(",
                "&",
                "`1`|",
                "''|",
                "a.",
                "\"",
                "`",
                "\\",
            })
    void endsQuicklyOnHostileRepetition(String part) {
        String document = "[" + "[\"abcdefghijklmnopqrstuvwxyz\",1,{\"a\":[1,2]}],".repeat(4_000) + "1]";
        String query = part.repeat(995 / part.length()) + "@";

        assertThat(endsWithin(Duration.ofSeconds(5), "\"text\"", query)).isTrue();
        assertThat(endsWithin(Duration.ofSeconds(5), document, query)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[*].[%s]",
                "[*].[@,[%s]]",
                "map(&[%s], @)",
                "[?[%s]].[%s]",
                "join(to_string(@), map(&to_string(@), [%s]))",
            })
    void endsQuicklyWhereEveryElementIsMultiplied(String form) {
        String document = "[" + "{\"a\":1},".repeat(20_000) + "1]";
        String many = "@,".repeat((900 - form.length()) / 4) + "@";

        assertThat(endsWithin(Duration.ofSeconds(5), document, form.replace("%s", many)))
                .isTrue();
    }

    @Test
    void joinsNothingThatWouldBecomeTooLong() {
        String glue = "x".repeat(90_000);
        String document = "{\"glue\": \"" + glue + "\", \"parts\": [" + "\"\",".repeat(30_000) + "\"\"]}";

        assertThatThrownBy(() -> ask(document, "join(glue, parts)"))
                .isInstanceOf(ToolFailure.class)
                .hasMessageContaining("more than 1000000 characters on its way");
    }

    @Test
    void stopsWhereItsThreadIsInterrupted() {
        JsonDocument document = JsonDocument.read(SHOP);
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> JsonQuery.ask(document, "people[0].name", 100))
                    .isInstanceOf(CancellationException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void neverThrowsAnythingButAFailureThatSaysWhy() {
        String[] parts = {
            "a",
            "people",
            "age",
            ".",
            "[",
            "]",
            "[]",
            "[*]",
            "*",
            "[0]",
            "[::2]",
            "[?",
            "==",
            "<",
            "&&",
            "||",
            "!",
            "(",
            ")",
            "{",
            "}",
            ":",
            ",",
            "@",
            "&",
            "|",
            "'x'",
            "`1`",
            "`",
            "\"",
            "'",
            "length(",
            "sort_by(",
            "map(",
            "to_number(",
            "-1",
            " ",
            "\u00e9",
            "\ud83d",
            "\\"
        };
        Random random = new Random(11);
        for (int i = 0; i < 10_000; i++) {
            StringBuilder query = new StringBuilder();
            for (int n = random.nextInt(10); n >= 0; n--) {
                query.append(parts[random.nextInt(parts.length)]);
            }
            assertThat(endsWithin(Duration.ofSeconds(5), SHOP, query.toString()))
                    .as("%s", query)
                    .isTrue();
        }
    }

    /** Whether it ends in time, with a result within the bound or a failure. */
    private boolean endsWithin(Duration bound, String json, String query) {
        long start = System.nanoTime();
        try {
            assertThat(ask(json, query).length())
                    .isLessThanOrEqualTo(tool.spec().maxOutputChars());
        } catch (ToolFailure failure) {
            assertThat(failure.getMessage()).isNotBlank().hasSizeLessThan(400);
        }
        return System.nanoTime() - start < bound.toNanos();
    }
}
