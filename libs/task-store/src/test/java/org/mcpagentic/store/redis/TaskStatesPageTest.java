package org.mcpagentic.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.mcpagentic.store.TaskStatus;
import org.mcpagentic.store.Transition;

/** The page that people read is made of the table that the scripts get. */
class TaskStatesPageTest {

    private static final Path PAGE = Path.of("../../docs/reference/task-states.md");
    private static final Path SCRIPTS = Path.of("src/main/resources/org/mcpagentic/store/redis/lua");

    @Test
    void isThePageThatTheTableGives() throws IOException {
        String page = page();
        if (Boolean.getBoolean("regenerate")) {
            Files.writeString(PAGE, page);
        }

        String kept = Files.exists(PAGE) ? Files.readString(PAGE) : "";

        assertThat(kept)
                .as("docs/reference/task-states.md differs from Transition; make it anew with"
                        + " mvn test -pl libs/task-store -am -Dtest=TaskStatesPageTest"
                        + " -Dsurefire.failIfNoSpecifiedTests=false -Dregenerate=true")
                .isEqualTo(page);
    }

    private static String page() {
        StringBuilder text = new StringBuilder("""
                # Task states

                *Reference, generated from `Transition` by `TaskStatesPageTest`; not edited by hand.*

                Where each transition leads from each status; an empty cell is refused, or changes nothing. `succeeded`, `failed`
                and `cancelled` are final. The scripts get their rows from the same table, and a test tries every transition on a
                real task in every status.

                | transition | in scripts |""");
        for (TaskStatus status : TaskStatus.values()) {
            text.append(" from `").append(status.wireName()).append("` |");
        }
        text.append("\n|---|---|")
                .append("---|".repeat(TaskStatus.values().length))
                .append('\n');
        for (Transition transition : Transition.values()) {
            text.append("| `")
                    .append(transition.wireName())
                    .append("` | ")
                    .append(scriptsOf(transition))
                    .append(" |");
            for (TaskStatus status : TaskStatus.values()) {
                text.append(transition
                                .from(status)
                                .map(to -> " " + to.wireName())
                                .orElse(""))
                        .append(" |");
            }
            text.append('\n');
        }
        return text.toString();
    }

    private static String scriptsOf(Transition transition) {
        String scripts = Arrays.stream(Script.values())
                .map(script -> script.name().toLowerCase(Locale.ROOT) + ".lua")
                .filter(file -> applies(file, transition))
                .collect(Collectors.joining(", "));
        return scripts.isEmpty() ? "none yet" : scripts;
    }

    private static boolean applies(String file, Transition transition) {
        try {
            return Files.readAllLines(SCRIPTS.resolve(file)).stream()
                    .filter(line -> line.startsWith("-- @transition "))
                    .flatMap(line -> Arrays.stream(line.split(" ", -1)))
                    .anyMatch(transition.wireName()::equals);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
