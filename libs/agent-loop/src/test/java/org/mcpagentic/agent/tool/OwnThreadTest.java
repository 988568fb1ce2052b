package org.mcpagentic.agent.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OwnThreadTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Test
    void worksOnAVirtualThread() {
        boolean virtual =
                OwnThread.run(() -> Thread.currentThread().isVirtual()).await().atMost(PATIENCE);

        assertThat(virtual).isTrue();
    }

    @Test
    void failsWithWhatTheWorkThrew() {
        assertThatThrownBy(() -> OwnThread.run(() -> {
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
        var running = OwnThread.run(() -> {
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
}
