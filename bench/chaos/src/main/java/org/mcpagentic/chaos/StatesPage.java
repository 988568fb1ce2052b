package org.mcpagentic.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Where each status may lead, as {@code docs/reference/task-states.md} says. */
final class StatesPage {

    private static final int FIRST_STATUS = 2;

    private StatesPage() {}

    static Map<String, Set<String>> moves(Path checkout) throws IOException {
        return moves(Files.readString(checkout.resolve("docs/reference/task-states.md")));
    }

    /** @throws IllegalStateException where the page has no such table */
    static Map<String, Set<String>> moves(String page) {
        List<List<String>> rows = page.lines()
                .filter(line -> line.startsWith("|"))
                .map(StatesPage::cells)
                .toList();
        if (rows.size() < 3 || !rows.getFirst().contains("from created")) {
            throw new IllegalStateException("the page of the task states has no table of transitions");
        }
        List<String> statuses =
                rows.getFirst().stream().map(cell -> cell.replace("from ", "")).toList();
        Map<String, Set<String>> moves = new HashMap<>();
        for (List<String> row : rows.subList(2, rows.size())) {
            for (int column = FIRST_STATUS; column < row.size(); column++) {
                if (!row.get(column).isEmpty()) {
                    moves.computeIfAbsent(statuses.get(column), from -> new HashSet<>())
                            .add(row.get(column));
                }
            }
        }
        return moves;
    }

    private static List<String> cells(String line) {
        String inner = line.substring(1, line.lastIndexOf('|'));
        return Arrays.stream(inner.split("\\|", -1))
                .map(cell -> cell.replace("`", "").strip())
                .toList();
    }
}
