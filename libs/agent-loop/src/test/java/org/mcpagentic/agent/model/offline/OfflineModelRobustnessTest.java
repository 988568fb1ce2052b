package org.mcpagentic.agent.model.offline;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mcpagentic.agent.model.Message.ToolMessage;
import org.mcpagentic.agent.tool.ToolCall;

/** Whatever is asked and whatever the tools return, there is an answer, the same each time, and soon. */
class OfflineModelRobustnessTest {

    private static final int LARGEST_INPUT = 256 * 1024;

    private static final String[] PARTS = {
        "what",
        "is",
        "how",
        "many",
        "days",
        "until",
        "between",
        "and",
        "then",
        "2027-03-01",
        "2027-99-99",
        "18:00",
        "3pm",
        "Tokyo",
        "in",
        "Asia/Tokio",
        "time",
        "it",
        "that",
        "the",
        "result",
        "times",
        "plus",
        "minus",
        "divided by",
        "add",
        "subtract",
        "from",
        "multiply",
        "by",
        "5",
        "2,480",
        "17.5%",
        "1e999",
        "of",
        "sqrt(",
        "max(",
        "(",
        ")",
        "+",
        "-",
        "*",
        "/",
        "^",
        "!",
        "?",
        ".",
        ",",
        ":",
        ";",
        "\n",
        "words",
        "count",
        "letters",
        "this sentence",
        "text",
        "above",
        "'",
        "\"",
        "\u201c",
        "\u2019",
        "```",
        "hello",
        "please",
        "half",
        "quarter",
        "square",
        "root",
        "sum",
        "average",
        "weekday",
        "week",
        "leap year",
        "ago",
        "after",
        "before",
        "weeks",
        "a",
        "month",
        "today",
        "christmas",
        "March 1",
        "\ud83d\ude00",
        "\ud83d",
        "\u0000",
        "\u202e",
        "twenty-",
        "million",
        "$",
        "round",
        "to",
        "decimal",
        "places",
        "when it is",
        "convert",
        "ans",
        "{",
        "}",
        "%s",
        "%",
        "- ",
        "1. ",
        "remember",
        "remember that",
        "remember that a is b, then recall a",
        "6 * 7, then times 2",
        "recall",
        "forget the key",
        "what do you remember about",
        "as",
        "sha256",
        "sha-",
        "hash of",
        "base64",
        "base",
        "encode",
        "decode",
        "url-decode",
        "fetch",
        "https://example.org/a?b=c",
        "http:"
    };
    private static final String[] RESULTS = {
        "{\"result\":\"42\",\"exact\":true}",
        "{\"result\":\"0.33\",\"exact\":false,\"fraction\":\"1/3\"}",
        "{}",
        "oops",
        "{\"result\":\"\"}",
        "{\"from\":\"2026-11-22\",\"to\":\"2027-03-01\",\"total\":{\"weeks\":14.1,\"days\":99,\"hours\":2376,\"minutes\":1,\"seconds\":9},"
                + "\"calendar\":{\"years\":0,\"months\":3,\"days\":7}}",
        "{\"date\":\"2026-11-22\",\"weekday\":\"Sunday\",\"time\":\"10:00:00\",\"iso_week\":\"x\",\"day_of_year\":1,\"leap_year\":true}",
        "{\"from\":\"2026-11-22\",\"result\":{\"date\":\"2026-11-22\",\"weekday\":\"Sunday\"}}",
        "{\"hex\":\"ff00\",\"found\":[{\"key\":\"a\",\"value\":\"b\\n`c`\"},7],\"entries\":[{\"key\":\"a\"}],\"deleted\":true}",
        "{\"key\":\"a\",\"value\":\"```\\nx\",\"status\":200,\"text\":\"page\",\"title\":5}",
        "{\"words\":1,\"characters\":2,\"letters\":0,\"sentences\":1,\"lines\":1,\"paragraphs\":1}"
    };

    @Test
    void alwaysEndsWithTheSameAnswer() {
        Random random = new Random(20261122);
        int longest = 0;
        for (int i = 0; i < 4_000; i++) {
            StringBuilder input = new StringBuilder();
            for (int n = random.nextInt(25); n >= 0; n--) {
                input.append(PARTS[random.nextInt(PARTS.length)]).append(random.nextInt(6) == 0 ? "" : " ");
            }
            long seed = random.nextLong();

            Talk talk = Talk.about(input.toString(), call -> chance(seed, call));

            assertThat(talk.answer()).as("%s", input).isNotBlank().hasSizeLessThan(20_000);
            assertThat(Talk.about(input.toString(), call -> chance(seed, call))).isEqualTo(talk);
            longest = Math.max(longest, talk.rounds().size());
        }
        assertThat(longest).as("the inputs reach chains of calls").isBetween(2, 4);
    }

    private static List<ToolMessage> chance(long seed, ToolCall call) {
        Random random = new Random(seed + call.callId().hashCode());
        int choice = random.nextInt(12);
        return choice == 0
                ? List.of()
                : choice == 1
                        ? Talk.failing("there is no time zone \"Asia/Tokio\"; did you mean Asia/Tokyo?")
                                .apply(call)
                        : Talk.answering(RESULTS[random.nextInt(RESULTS.length)])
                                .apply(call);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                " ",
                "\n",
                "'",
                "\"",
                "\u201c",
                "`",
                "(",
                "1",
                "1+",
                "1,111,",
                "1.1.",
                "1:11:",
                "max(",
                "max(1,",
                "sqrt(",
                "-",
                "what is (",
                "sum of ",
                "1, ",
                "time ",
                "days the ",
                "how many words ",
                "count words. ",
                "square root of ",
                "double ",
                "half of ",
                "thousand ",
                "what day ",
                "in ",
                "2027-03-01",
                "2027-03-01T1",
                "x",
                "1x",
                "1 x ",
                "1 - ",
                "1 minus ",
                "sqrt(1+",
                "twice(",
                "the ",
                "please ",
                "add 1 and ",
                "round ",
                "multiply ",
                "difference between ",
                "hello ",
                "- ",
                "1. ",
                "\ud83d\ude00",
                "March ",
                "March 1, ",
                "new year's ",
                "what time is it in ",
                "a/",
                "1 to the power of ",
                "don't 'x ",
                "\ufeff",
                "remember ",
                "remember that ",
                "remember that x is ",
                "remember 'a' as ",
                "recall ",
                "what do you remember about ",
                "forget the key ",
                "sha256 of ",
                "hash: ",
                "encode ",
                "base64 encode ",
                "fetch https://",
                "https://a.b/c",
                "https://"
            })
    void readsTheLargestInputQuickly(String part) {
        String input = part.repeat(LARGEST_INPUT / part.length());
        Talk.about(input, Talk.failing("no"));
        // why the thread's own time: what the rest of the machine does is not the reader's
        var threads = ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadCpuTime();

        RequestReader.read(input);

        assertThat(Duration.ofNanos(threads.getCurrentThreadCpuTime() - start)).isLessThan(Duration.ofSeconds(2));
    }
}
