package org.mcpagentic.store.redis;

import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Fails what takes longer than a time that is the same for all, up to 25 ms later than that. Why not a timer for each: requests
 * that are answered in less than a millisecond would spend more on setting and cancelling them than on anything else.
 */
final class Patience {

    private static final Duration LOOK = Duration.ofMillis(25);

    private final long nanos;
    private final Queue<Waiting<?>> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean watched = new AtomicBoolean();

    Patience(Duration time) {
        nanos = time.toNanos();
    }

    /** The same, or {@link TimeoutException} where it takes too long; what is under way is cancelled then. */
    <T> Uni<T> with(Uni<T> slow) {
        return Uni.createFrom().emitter(emitter -> {
            Waiting<T> one = new Waiting<>(emitter, System.nanoTime() + nanos);
            waiting.add(one);
            var work = slow.subscribe().with(one::complete, one::fail);
            emitter.onTermination(() -> {
                one.over();
                work.cancel();
            });
            watch();
        });
    }

    private void watch() {
        if (watched.compareAndSet(false, true)) {
            Uni.createFrom().voidItem().onItem().delayIt().by(LOOK).subscribe().with(done -> look());
        }
    }

    /** All wait for the same time, so the oldest is the first whose time is up. */
    private void look() {
        long now = System.nanoTime();
        Waiting<?> oldest = waiting.peek();
        try {
            while (oldest != null && (oldest.isOver() || now - oldest.deadline >= 0)) {
                waiting.poll();
                oldest.fail(new TimeoutException());
                oldest = waiting.peek();
            }
        } finally {
            watched.set(false);
            if (!waiting.isEmpty()) {
                watch();
            }
        }
    }

    /** What is waited for; once it is over it holds nothing any more. */
    private static final class Waiting<T> {

        private final long deadline;
        private volatile @Nullable UniEmitter<? super T> emitter;

        Waiting(UniEmitter<? super T> emitter, long deadline) {
            this.emitter = emitter;
            this.deadline = deadline;
        }

        boolean isOver() {
            return emitter == null;
        }

        void over() {
            emitter = null;
        }

        void complete(T item) {
            UniEmitter<? super T> told = emitter;
            emitter = null;
            if (told != null) {
                told.complete(item);
            }
        }

        void fail(Throwable failure) {
            UniEmitter<? super T> told = emitter;
            emitter = null;
            if (told != null) {
                told.fail(failure);
            }
        }
    }
}
