package org.mcpagentic.chaos.plan;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a task wants of the model, turn by turn. It travels as the task's input, so that the model needs no memory.
 *
 * @param label unique within a run, without spaces
 * @param turns the last one answers, or fails
 */
public record TaskScript(String label, List<Turn> turns) {

    private static final String MARK = "chaos ";

    public TaskScript {
        turns = List.copyOf(turns);
        if (turns.isEmpty() || !turns.getLast().kind().isLast()) {
            throw new IllegalArgumentException("a script ends with an answer or a failure");
        }
        if (!label.matches("[A-Za-z0-9-]{1,40}")) {
            throw new IllegalArgumentException("a label is 1 to 40 letters, digits and dashes");
        }
    }

    public TaskScript(String label, Turn... turns) {
        this(label, List.of(turns));
    }

    /** As the task's input. */
    public String input() {
        return turns.stream().map(Turn::text).collect(Collectors.joining("; ", MARK + label + ": ", ""));
    }

    /** What an input says; empty where it is none of ours. */
    public static Optional<TaskScript> parse(String input) {
        int colon = input.indexOf(": ");
        if (!input.startsWith(MARK) || colon < 0) {
            return Optional.empty();
        }
        return Optional.of(new TaskScript(
                input.substring(MARK.length(), colon),
                Arrays.stream(input.substring(colon + 2).split("; ", -1))
                        .map(Turn::parse)
                        .toList()));
    }

    /** The turn of this number, from 0; the last for all later ones. */
    public Turn turn(int number) {
        return turns.get(Math.min(number, turns.size() - 1));
    }
}
