package org.mcpagentic.agent.model.offline;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/** Puts what was found and what came of it into one answer, in Markdown where there is more than one thing to say. */
final class Composer {

    private static final String LABEL = "I am the offline rule-based model of this server, not a large language model.";
    private static final String CONNECT = "Whoever runs this server can connect a language model.";

    /** What can be done, each with a tool. */
    private static final SequencedMap<String, String> ABILITIES = abilities();

    private Composer() {}

    /**
     * @param outcomes of the wishes among the findings, in their order
     * @param tools the names of the tools that are allowed
     */
    static String answer(Request request, List<Outcome> outcomes, Set<String> tools) {
        List<String> statements = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        Iterator<Outcome> outcome = outcomes.iterator();
        for (Finding finding : request.findings()) {
            switch (finding) {
                case Finding.Wish(Intent intent) -> statements.add(statement(intent, outcome.next()));
                case Finding.Remark(String text) -> statements.add(text);
                case Finding.NotUnderstood(String words) -> unknown.add(Quote.marked(words));
            }
        }
        Optional<String> notUnderstood =
                unknown.isEmpty() ? Optional.empty() : Optional.of("I did not understand " + joined(unknown) + ".");
        String greeting = request.greeted() ? "Hello! " : "";
        if (statements.isEmpty()) {
            return greeting + LABEL + notUnderstood.map(text -> " " + text).orElse("") + "\n\n" + abilities(tools) + " "
                    + CONNECT;
        }
        String said =
                statements.size() == 1 ? statements.getFirst() : (greeting.isEmpty() ? "" : "\n\n") + list(statements);
        return greeting.concat(said).strip()
                + notUnderstood
                        .map(text -> "\n\n" + text
                                + " I am the offline rule-based model: I calculate, work with dates and times, "
                                + "count in texts, hash and encode them, fetch pages, remember and recall.")
                        .orElse("");
    }

    private static SequencedMap<String, String> abilities() {
        SequencedMap<String, String> abilities = new LinkedHashMap<>();
        abilities.put(Contract.CALCULATOR, "calculate");
        abilities.put(Contract.DATE_TIME, "work with dates, times and time zones");
        abilities.put(Contract.TEXT_STATISTICS, "count in texts");
        abilities.put(Contract.HASH, "hash texts");
        abilities.put(Contract.ENCODING, "encode and decode texts");
        abilities.put(Contract.HTTP_FETCH, "fetch pages");
        abilities.put(Contract.MEMORY_PUT, "remember");
        abilities.put(Contract.MEMORY_GET, "recall");
        abilities.put(Contract.MEMORY_SEARCH, "search what I remember");
        abilities.put(Contract.MEMORY_LIST, "list what I remember");
        abilities.put(Contract.MEMORY_DELETE, "forget");
        return Collections.unmodifiableSequencedMap(abilities);
    }

    private static String abilities(Set<String> tools) {
        List<String> able = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        ABILITIES.forEach(
                (tool, ability) -> (tools.contains(tool) ? able : missing).add(ability + " (`" + tool + "`)"));
        if (able.isEmpty()) {
            return "With the tools for it I " + joined(missing) + ", but none of these tools is allowed here.";
        }
        return "Here I can " + joined(able)
                + (missing.isEmpty() ? "." : "; not allowed here: " + joined(missing) + ".");
    }

    private static String statement(Intent intent, Outcome outcome) {
        String wish = Quote.marked(intent.wish());
        return switch (outcome) {
            case Outcome.Done(var result, var earlier, var corrected) ->
                intent.phrase(result, earlier)
                        + corrected.map(what -> " (I took " + what + ".)").orElse("");
            case Outcome.Unexpected(String text) ->
                "For " + wish + " the tool `" + intent.tool() + "` answered what I cannot read: " + Quote.marked(text);
            case Outcome.Failed(String message) -> "I could not do " + wish + ": " + sentence(message);
            case Outcome.NotAllowed() ->
                "For " + wish + " I need the tool `" + intent.tool() + "`, which is not allowed here.";
            case Outcome.Blocked() -> "I could not go on with " + wish + ", since there is no result before it.";
            case Outcome.Waiting(), Outcome.Ready(var _) -> "I have no result for " + wish + ".";
        };
    }

    private static String sentence(String message) {
        String line = Quote.shortened(message);
        return line.endsWith(".") || line.endsWith("?") || line.endsWith("\u2026") ? line : line + ".";
    }

    private static String list(List<String> statements) {
        StringBuilder list = new StringBuilder();
        for (String statement : statements) {
            list.append(list.isEmpty() ? "- " : "\n- ").append(statement.replace("\n", "\n  "));
        }
        return list.toString();
    }

    /** {@code a, b and c} */
    static String joined(List<String> parts) {
        return parts.size() == 1
                ? parts.getFirst()
                : String.join(", ", parts.subList(0, parts.size() - 1)) + " and " + parts.getLast();
    }
}
