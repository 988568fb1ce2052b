package org.mcpagentic.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests that did not run are not taken for tests that passed. */
class SumTestsTest {
    /** Targets that name tests, of which Maven would not miss one that is not there. */
    private static final List<String> GATES = List.of(
            "verify-monitoring",
            "conformance",
            "drill",
            "verify-pipelines",
            "native",
            "verify-containers",
            "verify-delivery");

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void aCheckoutWithTheScriptAlone() throws IOException {
        Path script = folder.resolve("scripts/sum-tests");
        Files.createDirectories(script.getParent());
        Files.copy(Checkout.ROOT.resolve("scripts/sum-tests"), script);
    }

    @Test
    void sumsWhatAllModulesReport() throws IOException {
        report("tests/system", "surefire", "DrillTest", 3, 0, 0, 1);
        report("dashboard-service", "failsafe", "PageIT", 4, 0, 0, 0);

        Run.Ended ended = run();

        assertThat(ended).isEqualTo(new Run.Ended(0, "\n6 passed, 0 failed, 1 skipped\n"));
    }

    @ParameterizedTest
    @CsvSource({
        "3, 1, 0, 0, '2 passed, 1 failed, 0 skipped'",
        "3, 0, 1, 0, '2 passed, 1 failed, 0 skipped'",
        "3, 0, 0, 3, '0 passed, 0 failed, 3 skipped'",
        "0, 0, 0, 0, '0 passed, 0 failed, 0 skipped'"
    })
    void failsWhereOneFailedOrNonePassed(int tests, int failures, int errors, int skipped, String told)
            throws IOException {
        report("tests/system", "surefire", "DrillTest", tests, failures, errors, skipped);

        assertThat(run()).isEqualTo(new Run.Ended(1, "\n" + told + "\n"));
        assertThat(run("--ran", "tests/system", "DrillTest"))
                .satisfies(ended -> assertThat(ended.exitCode()).isEqualTo(1))
                .satisfies(ended -> assertThat(ended.output()).contains("DrillTest: " + told));
    }

    @Test
    void isContentWhereEachClassThatHasToRunPassed() throws IOException {
        report("tests/system", "surefire", "DrillTest", 3, 0, 0, 1);
        report("tests/system", "surefire", "OtherTest", 1, 1, 0, 0);

        Run.Ended ended = run("--ran", "tests/system", "DrillTest");

        assertThat(ended).isEqualTo(new Run.Ended(0, "\nDrillTest: 2 passed, 0 failed, 1 skipped\n"));
    }

    @ParameterizedTest
    @CsvSource({"tests/system, RenamedTest", "tests/system, llTest", "tests/other, DrillTest"})
    void aClassThatDidNotRunIsMissed(String module, String name) throws IOException {
        report("tests/system", "surefire", "DrillTest", 3, 0, 0, 0);

        Run.Ended ended = run("--ran", module, name);

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.output()).contains("not every one of these ran and passed: " + name);
    }

    @Test
    void everyGateAsksForClassesThatAreThere() {
        String makefile = Checkout.text("Makefile");

        for (String gate : GATES) {
            List<List<String>> asked = Pattern.compile("scripts/sum-tests --ran (.*)")
                    .matcher(recipe(makefile, gate))
                    .results()
                    .map(call -> List.of(call.group(1).split(" ", -1)))
                    .toList();
            assertThat(asked).as(gate).isNotEmpty();
            asked.forEach(words ->
                    assertThat(classes(words.getFirst())).as(gate).containsAll(words.subList(1, words.size())));
        }
    }

    /** All that is between this target and the next. */
    private static String recipe(String makefile, String target) {
        var recipe = Pattern.compile("(?ms)^" + target + ":.*?(?=^[a-z])").matcher(makefile);
        assertThat(recipe.find()).as(target).isTrue();
        return recipe.group();
    }

    private static List<String> classes(String module) {
        return Checkout.below(module + "/src/test/java").stream()
                .map(file -> String.valueOf(file.getFileName()).replaceFirst("\\.java$", ""))
                .toList();
    }

    private void report(String module, String plugin, String name, int tests, int failures, int errors, int skipped)
            throws IOException {
        Path file = folder.resolve(module).resolve("target/" + plugin + "-reports/TEST-org.example." + name + ".xml");
        Files.createDirectories(file.getParent());
        Files.writeString(file, """
                <?xml version="1.0" encoding="UTF-8"?>
                <testsuite name="org.example.%s" time="1.5" tests="%d" errors="%d" skipped="%d" failures="%d">
                </testsuite>
                """.formatted(name, tests, errors, skipped, failures));
    }

    private Run.Ended run(String... arguments) {
        List<String> command =
                new ArrayList<>(List.of(folder.resolve("scripts/sum-tests").toString()));
        command.addAll(List.of(arguments));
        return Run.in(folder, Map.of(), command);
    }
}
