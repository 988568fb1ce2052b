package org.mcpagentic.access.audit.seal;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A sealer for each shard, looking again and again: as soon as a hint comes, after its period where none does. One that does not hold its
 * shard's lease waits for its end.
 */
public final class Sealers {

    /** Looks of one sealer are no closer, whatever is hinted. */
    private static final Duration LEAST = Duration.ofMillis(100);

    private final List<Sealer> sealers;
    private final Multi<?> hints;
    private final List<Bell> bells = new ArrayList<>();
    private final List<Cancellable> running = new ArrayList<>();

    /** @param hints say that something may have been appended, in any shard */
    public Sealers(List<Sealer> sealers, Multi<?> hints) {
        this.sealers = List.copyOf(sealers);
        this.hints = hints;
    }

    public void start() {
        for (Sealer sealer : sealers) {
            Bell bell = new Bell();
            bells.add(bell);
            running.add(Multi.createBy()
                    .repeating()
                    .uni(() -> sealer.look().chain(next -> pause(sealer, bell, next)))
                    .indefinitely()
                    .subscribe()
                    .with(never -> {}));
        }
        running.add(hints.subscribe().with(hint -> bells.forEach(Bell::ring)));
    }

    /** Seals what is left and gives the leases back. */
    public Uni<Void> stop() {
        running.forEach(Cancellable::cancel);
        running.clear();
        return Multi.createFrom()
                .iterable(sealers)
                .onItem()
                .transformToUniAndMerge(Sealer::stop)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private static Uni<Void> pause(Sealer sealer, Bell bell, Duration time) {
        if (time.compareTo(LEAST) <= 0) {
            return Uni.createFrom().voidItem();
        }
        return after(LEAST).chain(() -> {
            Duration rest = time.minus(LEAST);
            // why not all: a look of a sealer that has no lease would find the same again
            return sealer.holds()
                    ? bell.rung()
                            .ifNoItem()
                            .after(rest)
                            .recoverWithUni(Uni.createFrom().voidItem())
                    : after(rest);
        });
    }

    private static Uni<Void> after(Duration time) {
        return Uni.createFrom().voidItem().onItem().delayIt().by(time);
    }

    /** Remembers that it was rung until somebody has listened. */
    private static final class Bell {

        private final AtomicReference<@Nullable UniEmitter<? super Void>> listener = new AtomicReference<>();
        private volatile boolean rung;

        void ring() {
            rung = true;
            answer();
        }

        Uni<Void> rung() {
            return Uni.createFrom().emitter(emitter -> {
                listener.set(emitter);
                answer();
            });
        }

        private void answer() {
            if (rung) {
                UniEmitter<? super Void> waiting = listener.getAndSet(null);
                if (waiting != null) {
                    rung = false;
                    waiting.complete(null);
                }
            }
        }
    }
}
