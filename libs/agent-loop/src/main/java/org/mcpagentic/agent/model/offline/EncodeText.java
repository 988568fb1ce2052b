package org.mcpagentic.agent.model.offline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** A text in another encoding, or back from it. */
record EncodeText(String text, String format, boolean decode) implements Intent {

    @Override
    public String tool() {
        return Contract.ENCODING;
    }

    @Override
    public Value.Kind continues() {
        return Value.Kind.NONE;
    }

    @Override
    public Value.Kind yields() {
        return Value.Kind.NONE;
    }

    @Override
    public ObjectNode arguments(Optional<Value> earlier) {
        return Contract.encoding(decode, format, text);
    }

    /** What was decoded is no text where the result has only digits. */
    @Override
    public List<String> needs() {
        return decode ? List.of() : List.of("/result");
    }

    @Override
    public String phrase(JsonNode result, Optional<Value> earlier) {
        String begin = Quote.marked(text) + (decode ? " decoded from " : " in ") + format;
        return result.path("result").isTextual()
                ? begin + " is " + Quote.code(Contract.text(result, "/result"))
                : begin + " is no text; its bytes are " + Quote.code(Contract.text(result, "/hex"));
    }

    @Override
    public Optional<Value> value(JsonNode result) {
        return Optional.empty();
    }

    @Override
    public String wish() {
        return (decode ? "decoding " : "encoding ") + text + (decode ? " from " : " in ") + format;
    }
}
