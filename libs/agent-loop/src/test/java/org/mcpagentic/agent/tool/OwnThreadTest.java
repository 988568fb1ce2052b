package org.mcpagentic.agent.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class OwnThreadTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final CallThreads threads = new CallThreads();

    @Test
    void worksOnAVirtualThread() {
        boolean virtual = OwnThread.run(threads, () -> Thread.currentThread().isVirtual())
                .await()
                .atMost(PATIENCE);

        assertThat(virtual).isTrue();
    }

    @Test
    void failsWithWhatTheWorkThrew() {
        assertThatThrownBy(() -> OwnThread.run(threads, () -> {
                            throw new ToolFailure("no");
                        })
                        .await()
                        .atMost(PATIENCE))
                .isInstanceOf(ToolFailure.class);
    }

    @Test
    void interruptsWorkThatNobodyWaitsForAnyMore() throws Exception {
        CompletableFuture<Boolean> begun = new CompletableFuture<>();
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        var running = OwnThread.run(threads, () -> {
                    begun.complete(true);
                    try {
                        Thread.sleep(PATIENCE);
                    } catch (InterruptedException e) {
                        interrupted.complete(true);
                    }
                    return "late";
                })
                .subscribe()
                .with(item -> {});
        begun.get(10, TimeUnit.SECONDS);

        running.cancel();

        assertThat(interrupted.get(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void isNotOverBeforeAThreadEndsThatCannotBeInterrupted() throws Exception {
        CompletableFuture<Boolean> begun = new CompletableFuture<>();
        CompletableFuture<Boolean> goOn = new CompletableFuture<>();
        var running = OwnThread.run(threads, () -> {
                    begun.complete(true);
                    return deaf(goOn);
                })
                .subscribe()
                .with(item -> {});
        begun.get(10, TimeUnit.SECONDS);
        running.cancel();
        CompletableFuture<Void> over = threads.ended().subscribeAsCompletionStage();
        assertThat(over).isNotDone();

        goOn.complete(true);

        assertThat(over).succeedsWithin(PATIENCE);
        assertThat(threads.ended().subscribeAsCompletionStage()).isDone();
    }

    private static boolean deaf(CompletableFuture<Boolean> goOn) {
        boolean over = false;
        while (!over) {
            over = goOn.getNow(false);
            LockSupport.parkNanos(1_000_000);
        }
        return over;
    }
}
