package org.mcpagentic.launcher;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Starts components, starts again those that die, and ends all in the reverse of the order in which they were started.
 *
 * <p>All decisions are made on one thread, so that a death, a restart and a stop never meet.
 */
final class Supervisor {
    private static final Duration READY_LIMIT = Duration.ofMinutes(2);
    private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(100);

    private final Console console;
    private final InstantSource clock;
    private final ExecutorService decisions = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("supervisor").factory());
    private final Map<Component, RestartPolicy> started = new LinkedHashMap<>();
    private final Set<Component> served = new HashSet<>();
    private final CompletableFuture<String> failure = new CompletableFuture<>();
    private boolean stopping;

    Supervisor(Console console, InstantSource clock) {
        this.console = console;
        this.clock = clock;
    }

    /** The system cannot go on; the message says why. */
    static final class GivenUpException extends Exception {
        private static final long serialVersionUID = 1L;

        private GivenUpException(String reason) {
            super(reason);
        }
    }

    /**
     * Starts components side by side and returns when all of them are ready.
     *
     * @throws GivenUpException if one of them cannot be started, or one that ran before cannot go on
     */
    void start(List<? extends Component> components) throws GivenUpException {
        CompletableFuture<?>[] ready = components.stream().map(this::start).toArray(CompletableFuture[]::new);
        CompletableFuture.anyOf(CompletableFuture.allOf(ready), failure).join();
        if (failure.isDone()) {
            throw new GivenUpException(failure.join());
        }
    }

    /** Returns when the system cannot go on, with the reason. */
    String awaitFailure() {
        return failure.join();
    }

    private CompletableFuture<Void> start(Component component) {
        CompletableFuture<Void> ready = new CompletableFuture<>();
        decisions.execute(() -> {
            started.put(component, new RestartPolicy());
            launch(component, ready);
        });
        return ready;
    }

    /** Ends all components and returns when they are gone. Nothing can be started afterwards. */
    void stopAll() {
        CompletableFuture.runAsync(
                        () -> {
                            stopping = true;
                            List<Component> lastFirst = new ArrayList<>(started.keySet()).reversed();
                            lastFirst.forEach(Component::requestStop);
                            lastFirst.forEach(Component::stop);
                        },
                        decisions)
                .join();
    }

    private void launch(Component component, CompletableFuture<Void> ready) {
        if (stopping) {
            return;
        }
        try {
            component.launch();
        } catch (RuntimeException e) {
            failure.complete(Reasons.of(e));
            return;
        }
        long pid = component.pid();
        CompletableFuture<Integer> exit = component.exit();
        Stopwatch watch = Stopwatch.start();
        Thread.ofVirtual().start(() -> {
            if (awaitReady(component, exit)) {
                decisions.execute(() -> {
                    served.add(component);
                    console.say("%s is ready after %s (process %d)".formatted(component.name(), watch, pid));
                    ready.complete(null);
                });
            }
            int code = exit.join();
            decisions.execute(() -> died(component, code));
        });
    }

    private boolean awaitReady(Component component, CompletableFuture<Integer> exit) {
        Stopwatch watch = Stopwatch.start();
        while (!exit.isDone()) {
            if (component.isReady()) {
                return true;
            }
            if (watch.elapsed().compareTo(READY_LIMIT) > 0) {
                failure.complete("%s was not ready within %d s: its lines above say why"
                        .formatted(component.name(), READY_LIMIT.toSeconds()));
                return false;
            }
            try {
                Thread.sleep(BETWEEN_QUESTIONS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return false;
    }

    private void died(Component component, int code) {
        if (stopping) {
            return;
        }
        String death = "%s ended by itself with exit code %d".formatted(component.name(), code);
        RestartPolicy policy = started.get(component);
        if (policy == null || !served.contains(component)) {
            failure.complete(death + " before it was ready: its lines above say why");
            return;
        }
        policy.died(clock.instant())
                .ifPresentOrElse(
                        pause -> {
                            console.warn(
                                    "%s; it is started again in %.1f s".formatted(death, pause.toMillis() / 1000.0));
                            CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS, decisions)
                                    .execute(() -> launch(component, new CompletableFuture<>()));
                        },
                        () -> failure.complete(death + ", too often within a minute to be started again"));
    }
}
