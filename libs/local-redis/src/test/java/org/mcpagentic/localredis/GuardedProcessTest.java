package org.mcpagentic.localredis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class GuardedProcessTest {
    private static final Duration GRACE = Duration.ofMillis(300);

    private final BlockingQueue<String> output = new LinkedBlockingQueue<>();

    @Test
    void passesOnOutputAndExitCode() {
        GuardedProcess process = run("echo \"$GREETING\"; echo two words >&2; exit 7");

        int code = process.exit().join();

        assertThat(code).isEqualTo(7);
        assertThat(output).containsExactly("hello", "two words");
    }

    @Test
    void letsTheProcessEndInItsOwnWay() throws Exception {
        GuardedProcess process = run("trap 'echo cleaned; exit 3' TERM; echo up; while :; do sleep 0.05; done");
        assertThat(output.poll(10, TimeUnit.SECONDS)).isEqualTo("up");

        int code = process.stop();

        assertThat(code).isEqualTo(3);
        assertThat(output).containsExactly("cleaned");
    }

    @Test
    void killsAProcessThatDoesNotEndWithinTheGrace() throws Exception {
        GuardedProcess process = run("trap '' TERM; echo up; while :; do sleep 0.05; done");
        assertThat(output.poll(10, TimeUnit.SECONDS)).isEqualTo("up");

        int code = process.stop();

        assertThat(code).isEqualTo(137);
    }

    @Test
    void reportsAProgramThatDoesNotExist() {
        GuardedProcess process =
                GuardedProcess.start(List.of("/no/such/program"), Map.of(), GRACE, Optional.empty(), output::add);

        int code = process.exit().join();

        assertThat(code).isEqualTo(127);
        assertThat(output).singleElement().asString().contains("/no/such/program");
    }

    @Test
    void endsTheProcessEvenIfItsGuardIsKilled() {
        GuardedProcess process = run("exec sleep 60");
        ProcessHandle child = ProcessHandle.of(process.pid()).orElseThrow();

        child.parent().orElseThrow().destroyForcibly();

        process.exit().join();
        assertThat(child.isAlive()).isFalse();
    }

    @Test
    void runsInASessionOfItsOwn() {
        GuardedProcess process = run("ps -o sid= -p $$");

        process.exit().join();

        assertThat(output.remove().strip()).isNotEqualTo(sessionOfThisJvm());
    }

    private String sessionOfThisJvm() {
        GuardedProcess process = run("ps -o sid= -p " + ProcessHandle.current().pid());
        process.exit().join();
        return output.remove().strip();
    }

    private GuardedProcess run(String script) {
        return GuardedProcess.start(
                List.of("sh", "-c", script), Map.of("GREETING", "hello"), GRACE, Optional.empty(), output::add);
    }
}
