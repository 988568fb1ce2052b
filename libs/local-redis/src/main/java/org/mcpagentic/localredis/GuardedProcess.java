package org.mcpagentic.localredis;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * A child process that never outlives this JVM, however the JVM ends: exit, SIGTERM or SIGKILL.
 *
 * <p>A small shell script stands between. It waits on a pipe that only this JVM holds; when the pipe ends, by
 * {@link #stop()} or by the death of the JVM, it ends the child: SIGTERM, and SIGKILL after the grace. Script and child
 * have a session of their own, so that a terminal's Ctrl-C reaches this JVM alone and it decides the order of ends.
 */
public final class GuardedProcess {

    /** Makes an own session: setsid on Linux, perl's setpgrp on macOS. Where neither exists, nothing is lost but the order at Ctrl-C. */
    private static final String OWN_SESSION = """
            if command -v setsid >/dev/null 2>&1; then exec setsid "$@"; fi
            if command -v perl >/dev/null 2>&1; then exec perl -e 'setpgrp(0, 0); exec @ARGV' "$@"; fi
            exec "$@"
            """;

    /**
     * Arguments: grace in tenths of a second, a folder to remove at the end or nothing, the command. The first line of
     * output is the child's process id. Exits as the child did.
     */
    private static final String GUARD = """
            trap '' HUP INT QUIT
            grace=$1 litter=$2
            shift 2
            exec 3<&0 </dev/null
            sh -c 'echo $$; exec "$@"' sh "$@" 3<&- &
            child=$!
            (
                exec >/dev/null 2>&1
                while read -r ignored <&3; do :; done
                # why: the guard waits for this loop, so that not even a sleep is left behind
                trap '' TERM
                kill -CONT $child
                kill -TERM $child
                while [ "$grace" -gt 0 ] && kill -0 $child; do
                    sleep 0.1
                    grace=$((grace - 1))
                done
                kill -0 $child && kill -KILL $child
            ) &
            watcher=$!
            exec 3<&- 2>/dev/null
            trap 'kill -TERM $child' TERM
            wait $child
            code=$?
            # why: a trapped signal ends the wait, but not the child
            while kill -0 $child; do wait $child; code=$?; done
            kill -TERM $watcher
            wait $watcher
            if [ -n "$litter" ]; then rm -rf "$litter"; fi
            exit $code
            """;

    /** What the watcher may need beyond the grace. */
    private static final Duration WATCHER_DELAY = Duration.ofSeconds(2);

    private final Process guard;
    private final long pid;
    private final Duration grace;
    private final CompletableFuture<Integer> exit = new CompletableFuture<>();

    private GuardedProcess(Process guard, long pid, Duration grace) {
        this.guard = guard;
        this.pid = pid;
        this.grace = grace;
    }

    /**
     * Starts a process.
     *
     * @param command program and arguments
     * @param environment added to this JVM's own environment
     * @param grace how long the process may take between SIGTERM and SIGKILL; whole tenths of a second count
     * @param litter a folder that is removed when the process has ended
     * @param output gets every line of its standard output and error, on a thread of the process
     * @throws UncheckedIOException if there is no POSIX shell {@code sh}; a program that does not exist shows as exit code 127
     */
    public static GuardedProcess start(
            List<String> command,
            Map<String, String> environment,
            Duration grace,
            Optional<Path> litter,
            Consumer<String> output) {
        List<String> guarded = new ArrayList<>(List.of("sh", "-c", OWN_SESSION, "sh", "sh", "-c", GUARD, "guard"));
        guarded.add(Long.toString(grace.toMillis() / 100));
        guarded.add(litter.map(Path::toString).orElse(""));
        guarded.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(guarded).redirectErrorStream(true);
        builder.environment().putAll(environment);
        try {
            Process guard = builder.start();
            BufferedReader reader =
                    new BufferedReader(new InputStreamReader(guard.getInputStream(), StandardCharsets.UTF_8));
            String firstLine = reader.readLine();
            if (firstLine == null) {
                throw new IOException("the guard of " + command.getFirst() + " ended before it began");
            }
            GuardedProcess process = new GuardedProcess(guard, Long.parseLong(firstLine), grace);
            process.follow(reader, output);
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + command.getFirst(), e);
        }
    }

    private void follow(BufferedReader reader, Consumer<String> output) {
        // why: if the guard alone is killed, the watcher beside it still ends the child, and with it the output
        CompletableFuture<Void> unguarded = guard.onExit().thenAccept(ignored -> closePipe());
        Thread.ofPlatform().daemon().name("output of " + pid).start(() -> {
            try (reader) {
                reader.lines().forEach(output);
            } catch (UncheckedIOException | IOException e) {
                output.accept("(output lost: " + e.getMessage() + ")");
            } finally {
                unguarded.join();
                awaitEndOfOrphan();
                exit.complete(guard.exitValue());
            }
        });
    }

    /** The child has ended before its guard, unless the guard was killed. */
    private void awaitEndOfOrphan() {
        ProcessHandle.of(pid).ifPresent(child -> {
            try {
                child.onExit().get(grace.plus(WATCHER_DELAY).toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException | ExecutionException e) {
                child.destroyForcibly();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** The process id of the program itself. */
    public long pid() {
        return pid;
    }

    public boolean isAlive() {
        return !exit.isDone();
    }

    /** Completes when the process has ended and its last line was handed out: its exit code, or 128 + the signal's number. */
    public CompletableFuture<Integer> exit() {
        return exit.copy();
    }

    /** How long the process has between SIGTERM and SIGKILL. */
    public Duration grace() {
        return grace;
    }

    /** Asks the process to end and returns at once; {@link #exit()} tells when it has. */
    public void requestStop() {
        closePipe();
    }

    /** Ends the process, by force after the grace, and returns its exit code. */
    public int stop() {
        closePipe();
        return exit.join();
    }

    /** Ends the process by SIGKILL, without a chance to clean up, and returns when it is gone. */
    public int kill() {
        signal("KILL");
        return exit.join();
    }

    /** Sends a signal, such as {@code STOP} or {@code CONT}, unless the process has ended. */
    void signal(String name) {
        if (!isAlive()) {
            return;
        }
        try {
            // why: the shell's own kill, since not every system has the program
            new ProcessBuilder("sh", "-c", "kill -" + name + " " + pid)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot send SIG" + name + " to " + pid, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void closePipe() {
        try {
            guard.getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot reach the guard of " + pid, e);
        }
    }
}
