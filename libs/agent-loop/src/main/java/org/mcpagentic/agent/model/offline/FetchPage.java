package org.mcpagentic.agent.model.offline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** What a page says. */
record FetchPage(String url) implements Intent {

    /** How much of a page is shown in an answer. */
    private static final int MOST_CHARACTERS = 2_000;

    @Override
    public String tool() {
        return Contract.HTTP_FETCH;
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
        return Contract.fetch(url);
    }

    @Override
    public List<String> needs() {
        return List.of("/status", "/text");
    }

    @Override
    public String phrase(JsonNode result, Optional<Value> earlier) {
        String text = Contract.text(result, "/text").strip();
        String title = Contract.text(result, "/title");
        String said = Quote.marked(url) + " answered with status " + Contract.text(result, "/status")
                + (title.isEmpty() ? "" : ", title " + Quote.marked(title));
        if (text.isEmpty()) {
            return said + ", without any text.";
        }
        if (text.length() <= MOST_CHARACTERS) {
            return said + ":" + Quote.block(text);
        }
        int end = Character.isHighSurrogate(text.charAt(MOST_CHARACTERS - 1)) ? MOST_CHARACTERS - 1 : MOST_CHARACTERS;
        return said + "; its text begins:" + Quote.block(text.substring(0, end) + "\u2026");
    }

    @Override
    public Optional<Value> value(JsonNode result) {
        return Optional.empty();
    }

    @Override
    public String wish() {
        return "fetching " + url;
    }
}
