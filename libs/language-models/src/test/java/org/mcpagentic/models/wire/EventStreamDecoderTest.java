package org.mcpagentic.models.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mcpagentic.agent.model.ModelException;
import org.mcpagentic.agent.model.ModelException.Kind;

class EventStreamDecoderTest {

    private static final int MOST_BYTES = 1000;

    static Stream<Arguments> streams() {
        return Stream.of(
                Arguments.of("line feeds", "data: a\n\ndata: b\n\n", List.of("a", "b")),
                Arguments.of("carriage returns", "data: a\r\rdata: b\r\r", List.of("a", "b")),
                Arguments.of("both", "data: a\r\n\r\ndata: b\r\n\r\n", List.of("a", "b")),
                Arguments.of("a mixture", "data: a\r\ndata: b\n\rdata: c\r\r\n", List.of("a\nb", "c")),
                Arguments.of("several lines", "data: a\ndata: b\ndata:\ndata\n\n", List.of("a\nb\n\n")),
                Arguments.of("one space is left out", "data:  a\n\ndata:b\n\n", List.of(" a", "b")),
                Arguments.of("comments", ": hello\n\n:\ndata: a\n: more\n\n", List.of("a")),
                Arguments.of("other fields", "event: x\nid: 1\nretry: 5\ndata: a\nnothing\n\n", List.of("a")),
                Arguments.of("fields that only begin so", "database: x\ndat: y\ndata: a\n\n", List.of("a")),
                Arguments.of("empty data", "data\n\ndata:\n\n", List.of("", "")),
                Arguments.of("no data", "event: x\n\n\n\n", List.of()),
                Arguments.of("no end", "data: a\n\ndata: b\n", List.of("a")),
                Arguments.of("a byte order mark", "\uFEFFdata: a\n\n", List.of("a")),
                Arguments.of("a byte order mark elsewhere", "data: a\n\n\uFEFFdata: b\n\n", List.of("a")),
                Arguments.of("colons in data", "data: {\"a\":\"b: c\"}\n\n", List.of("{\"a\":\"b: c\"}")),
                Arguments.of("more than ASCII", "data: grüß 😀\n\n", List.of("grüß 😀")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("streams")
    void readsWhatTheSpecificationSays(String name, String stream, List<String> data) {
        assertThat(decode(bytes(stream), List.of())).isEqualTo(data);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("streams")
    void readsTheSameByteByByte(String name, String stream, List<String> data) {
        byte[] bytes = bytes(stream);
        List<Integer> everywhere = new ArrayList<>();
        for (int i = 1; i < bytes.length; i++) {
            everywhere.add(i);
        }

        assertThat(decode(bytes, everywhere)).isEqualTo(data);
    }

    @RepeatedTest(200)
    void readsTheSameHoweverTheStreamIsSplit(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        byte[] stream = bytes(randomStream(random));
        List<Integer> cuts = random.ints(random.nextInt(20), 0, stream.length + 1)
                .sorted()
                .boxed()
                .toList();

        List<String> split = decode(stream, cuts);

        assertThat(split).isEqualTo(decode(stream, List.of()));
    }

    @Test
    void givesUpALineWithoutEndAtItsBound() {
        EventStreamDecoder decoder = new EventStreamDecoder(MOST_BYTES, new Failures("stub"));
        decoder.feed(bytes("data: " + "x".repeat(MOST_BYTES - 6)), data -> {});

        assertThatThrownBy(() -> decoder.feed(bytes("x"), data -> {}))
                .isInstanceOfSatisfying(
                        ModelException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNUSABLE))
                .hasMessage("the model \"stub\" sent an event of more than 1000 bytes");
    }

    @Test
    void givesUpAnEventOfManyLinesAtItsBound() {
        EventStreamDecoder decoder = new EventStreamDecoder(MOST_BYTES, new Failures("stub"));
        byte[] lines = bytes("data: 0123456789\n".repeat(100));

        assertThatThrownBy(() -> decoder.feed(lines, data -> {})).isInstanceOf(ModelException.class);
    }

    @Test
    void takesAnyNumberOfComments() {
        assertThat(decode(bytes(": still here\n".repeat(1000) + "data: a\n\n"), List.of()))
                .containsExactly("a");
    }

    @Test
    void countsEachEventAnew() {
        String event = "data: " + "x".repeat(MOST_BYTES - 6) + "\n\n";

        assertThat(decode(bytes(event.repeat(5)), List.of())).hasSize(5);
    }

    private static String randomStream(Random random) {
        String[] pieces = {
            "data",
            ":",
            " ",
            "\n",
            "\r",
            "\r\n",
            "\n\n",
            "a",
            "data: x\n\n",
            "é",
            "😀",
            "\uFEFF",
            "event: y\r\n",
            ": c\r"
        };
        StringBuilder stream = new StringBuilder();
        for (int i = random.nextInt(60); i >= 0; i--) {
            stream.append(pieces[random.nextInt(pieces.length)]);
        }
        return stream.toString();
    }

    private static List<String> decode(byte[] stream, List<Integer> cuts) {
        EventStreamDecoder decoder = new EventStreamDecoder(MOST_BYTES, new Failures("stub"));
        List<String> data = new ArrayList<>();
        int begin = 0;
        for (int cut : cuts) {
            decoder.feed(Arrays.copyOfRange(stream, begin, cut), data::add);
            begin = cut;
        }
        decoder.feed(Arrays.copyOfRange(stream, begin, stream.length), data::add);
        return data;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
