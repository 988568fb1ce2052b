package org.mcpagentic.models.openai;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mcpagentic.models.wire.Failures;
import org.mcpagentic.models.wire.TurnInProgress;
import org.mcpagentic.models.wire.WireJson;

/** Calls that come in fragments: first a name and an id, then the arguments bit by bit. */
final class StreamedCalls {

    /** Bound on the arguments of one turn's calls together. */
    private static final int MOST_CHARS = 1 << 20;

    private final Failures failures;
    private final List<Fragments> calls = new ArrayList<>(0);

    /** Where servers number calls, by number. */
    private final Map<Integer, Fragments> byIndex = new HashMap<>(0);

    private long chars;

    /** One call so far. */
    static final class Fragments {

        private Optional<String> id = Optional.empty();
        private Optional<String> name = Optional.empty();
        private final StringBuilder arguments = new StringBuilder(0);

        Optional<String> id() {
            return id;
        }

        Optional<String> name() {
            return name;
        }

        String arguments() {
            return arguments.toString();
        }
    }

    StreamedCalls(Failures failures) {
        this.failures = failures;
    }

    /** Takes one entry of {@code tool_calls}. */
    void take(JsonNode entry) {
        Optional<String> id = WireJson.text(entry, "id");
        take(callOf(entry.path("index"), id, entry.path("function")), id, entry.path("function"));
    }

    /** Takes {@code function_call}, as it was before there were several. */
    void takeOnly(JsonNode function) {
        take(calls.isEmpty() ? begin() : calls.getFirst(), Optional.empty(), function);
    }

    List<Fragments> all() {
        return calls;
    }

    private void take(Fragments call, Optional<String> id, JsonNode function) {
        call.id = call.id.or(() -> id);
        call.name = call.name.or(() -> WireJson.text(function, "name"));
        JsonNode arguments = function.path("arguments");
        // why: some servers send the object itself
        String fragment = arguments.isContainerNode() ? arguments.toString() : arguments.asText();
        chars += fragment.length();
        if (chars > MOST_CHARS) {
            throw failures.unusable("sent calls with more than " + MOST_CHARS + " characters of arguments");
        }
        call.arguments.append(fragment);
    }

    private Fragments callOf(JsonNode index, Optional<String> id, JsonNode function) {
        if (index.canConvertToInt()) {
            Fragments known = byIndex.get(index.asInt());
            // why: some servers give all calls the same number
            if (known == null || (id.isPresent() && known.id.isPresent() && !id.equals(known.id))) {
                known = begin();
                byIndex.put(index.asInt(), known);
            }
            return known;
        }
        boolean goesOn = !calls.isEmpty()
                && id.isEmpty()
                && WireJson.text(function, "name").isEmpty();
        return goesOn ? calls.getLast() : begin();
    }

    private Fragments begin() {
        if (calls.size() == TurnInProgress.MOST_CALLS) {
            throw failures.unusable("wants more than " + TurnInProgress.MOST_CALLS + " calls in one turn");
        }
        Fragments call = new Fragments();
        calls.add(call);
        return call;
    }
}
