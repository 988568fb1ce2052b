package org.mcpagentic.bench;

import java.util.List;

/**
 * Runs one bench: {@code ask-streams [STREAMS]}, {@code storm [TASKS] [PER_MINUTE]}, {@code access [ROUNDS]},
 * {@code mcp [REQUESTS]} or {@code unit-costs [TIMES]}. Prints figures; fails where work was lost.
 */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) throws Exception {
        List<String> words = List.of(arguments);
        String bench = words.isEmpty() ? "" : words.getFirst();
        boolean ok = switch (bench) {
            case "ask-streams" -> AskStreams.run(number(words, 1, 1_000));
            case "storm" -> Storm.run(number(words, 1, 200), number(words, 2, 60));
            case "access" -> AccessCost.run(number(words, 1, 10));
            case "mcp" -> McpCost.run(number(words, 1, 3_000));
            case "unit-costs" -> UnitCosts.run(number(words, 1, 2_000));
            default -> {
                System.err.println(
                        "bench: name one of ask-streams [STREAMS], storm [TASKS] [PER_MINUTE], access [ROUNDS], mcp [REQUESTS], unit-costs [TIMES]");
                yield false;
            }
        };
        System.exit(ok ? 0 : 1);
    }

    private static int number(List<String> words, int index, int otherwise) {
        return words.size() > index ? Integer.parseInt(words.get(index)) : otherwise;
    }
}
