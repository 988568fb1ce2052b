package org.mcpagentic.bench.queue;

import java.util.ArrayList;
import java.util.List;

/** What a producer does. */
sealed interface Scenario {

    /** The words that say so on a command line. */
    List<String> words();

    /** Tasks from creation to the result that was read, so many under way at any time. */
    record Closed(int warmUp, int tasks, int inFlight) implements Scenario {
        @Override
        public List<String> words() {
            return Scenario.written("closed", warmUp, tasks, inFlight);
        }
    }

    /** The same, begun at fixed times whatever became of those before. */
    record Open(int warmUp, int tasks, int perSecond) implements Scenario {
        @Override
        public List<String> words() {
            return Scenario.written("open", warmUp, tasks, perSecond);
        }
    }

    /** Creations only; nobody works on them. */
    record Creates(int warmUp, int tasks, int inFlight) implements Scenario {
        @Override
        public List<String> words() {
            return Scenario.written("creates", warmUp, tasks, inFlight);
        }
    }

    /** Creates tasks, says when all are held by a worker, and when each has ended after all. */
    record Held(int tasks) implements Scenario {
        @Override
        public List<String> words() {
            return Scenario.written("held", tasks);
        }
    }

    /** @throws IllegalArgumentException where the words say nothing that there is */
    static Scenario of(List<String> words) {
        List<Integer> n = words.stream().skip(1).map(Integer::valueOf).toList();
        return switch (words.getFirst()) {
            case "closed" -> new Closed(n.get(0), n.get(1), n.get(2));
            case "open" -> new Open(n.get(0), n.get(1), n.get(2));
            case "creates" -> new Creates(n.get(0), n.get(1), n.get(2));
            case "held" -> new Held(n.get(0));
            default -> throw new IllegalArgumentException("no such scenario: " + words.getFirst());
        };
    }

    private static List<String> written(String name, int... numbers) {
        List<String> words = new ArrayList<>(List.of(name));
        for (int number : numbers) {
            words.add(Integer.toString(number));
        }
        return words;
    }
}
