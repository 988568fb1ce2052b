package org.mcpagentic.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the linters say that {@code scripts/need-pipeline-linters} gets; skipped where it could not get them. */
class LintTest {
    private static final Path ACTIONLINT = Checkout.ROOT.resolve(".tools/actionlint");

    @Test
    void actionlintFindsNothing() {
        assumeTrue(Files.isExecutable(ACTIONLINT), "no actionlint in .tools: scripts/need-pipeline-linters gets it");

        Run.Ended ended = Run.in(
                Checkout.ROOT,
                Map.of(),
                Stream.concat(Stream.of(ACTIONLINT.toString(), "-no-color"), names(Checkout.workflows()))
                        .toList());

        assertThat(ended.exitCode()).as(ended.output()).isZero();
    }

    @Test
    void actionlintWouldFindAMistake(@TempDir Path folder) throws Exception {
        assumeTrue(Files.isExecutable(ACTIONLINT), "no actionlint in .tools: scripts/need-pipeline-linters gets it");
        Path workflow = folder.resolve("ci.yaml");
        Files.writeString(
                workflow,
                Checkout.text(".github/workflows/ci.yaml")
                        .replace("runs-on: ${{ matrix.runner }}", "runs-on: ${{ matrix.runer }}"));

        Run.Ended ended =
                Run.in(Checkout.ROOT, Map.of(), List.of(ACTIONLINT.toString(), "-no-color", workflow.toString()));

        assertThat(ended.exitCode()).isNotZero();
        assertThat(ended.output()).contains("\"runer\" is not defined");
    }

    @Test
    void shellcheckFindsNothing() {
        assumeTrue(Run.isOnPath("shellcheck"), "no shellcheck on the PATH: scripts/need-pipeline-linters gets it");

        Run.Ended ended = Run.in(
                Checkout.ROOT,
                Map.of(),
                Stream.concat(Stream.of("shellcheck", "--severity=warning"), names(Checkout.scripts()))
                        .toList());

        assertThat(ended.exitCode()).as(ended.output()).isZero();
    }

    @Test
    void everyScriptCanBeRunAndStopsAtItsFirstFault() {
        assertThat(Checkout.scripts()).hasSizeGreaterThan(10).allSatisfy(script -> {
            assertThat(script).isExecutable();
            assertThat(Checkout.text(script)).containsPattern("(?m)^set -eu");
        });
    }

    private static Stream<String> names(List<Path> files) {
        return files.stream().map(Path::toString);
    }
}
