package org.mcpagentic.models.flow;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.mcpagentic.agent.model.ModelException;
import org.mcpagentic.agent.model.ModelException.Kind;

/**
 * How fast this process asks one model. At most so many calls are open at once: half as many after the provider refuses one
 * for its rate, one more for every round of calls that went well (additive increase, multiplicative decrease, as in RFC 5681).
 * After a refusal nobody asks before the provider said so. What is learnt is lost with the process, and learnt again.
 */
public final class Pace {

    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(50);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final int MOST_DOUBLINGS = 6;

    /** How long a used-up quota is taken as such before one call looks again. */
    static final Duration REST = Duration.ofMinutes(1);

    private final String model;
    private final int most;
    private final int mostWaiting;
    private final Deque<Waiter> waiting = new ArrayDeque<>();
    private double limit;
    private int open;
    private int refusalsInARow;
    private boolean lettingIn;

    /** No pause, where it is not ahead. */
    private long pauseEnd = System.nanoTime();

    private @Nullable ScheduledFuture<?> pauseTimer;
    private @Nullable ModelException exhausted;
    private long exhaustedUntil;

    /**
     * @param most calls that are open at the same time, 1 or more
     * @param mostWaiting calls that wait for their turn; more are refused at once
     */
    public Pace(String model, int most, int mostWaiting) {
        this.model = model;
        this.most = most;
        this.mostWaiting = mostWaiting;
        this.limit = most;
    }

    /**
     * Waits for a turn. Cancelling the subscription gives the place up.
     *
     * @param patience most time to wait
     * @return the turn; fails with {@code RATE_LIMITED} as soon as it is known that it cannot come in time, and with
     *     {@code QUOTA_EXHAUSTED} while the quota is known to be used up
     */
    Uni<Turn> turn(Duration patience) {
        return Uni.createFrom().emitter(emitter -> {
            Waiter waiter = new Waiter(emitter, System.nanoTime() + patience.toNanos());
            emitter.onTermination(() -> leave(waiter));
            enter(waiter, patience);
        });
    }

    /** Calls that are open now. */
    public synchronized int open() {
        return open;
    }

    /** Calls that wait for their turn now. */
    public synchronized int waiting() {
        return waiting.size();
    }

    /** How many calls may be open at the same time now. */
    public synchronized int limit() {
        return (int) limit;
    }

    private void enter(Waiter waiter, Duration patience) {
        ModelException refusal = null;
        Turn turn = null;
        synchronized (this) {
            long now = System.nanoTime();
            if (exhausted != null && now - exhaustedUntil < 0) {
                refusal = exhausted;
            } else if (isPaused(now) && pauseEnd - waiter.deadline > 0) {
                refusal = limited(pauseEnd - now);
            } else if (!isPaused(now) && waiting.isEmpty() && open < (int) limit) {
                turn = granted(waiter);
            } else if (waiting.size() >= mostWaiting) {
                refusal = limited(Math.max(pauseEnd - now, FIRST_PAUSE.toNanos()));
            } else {
                waiting.addLast(waiter);
                waiter.timer = Timers.after(patience.toNanos(), () -> giveUp(waiter));
            }
        }
        if (refusal != null) {
            waiter.emitter.fail(refusal);
        } else if (turn != null) {
            waiter.emitter.complete(turn);
        } else {
            letIn();
        }
    }

    private void giveUp(Waiter waiter) {
        ModelException refusal;
        synchronized (this) {
            if (!waiting.remove(waiter)) {
                return;
            }
            long now = System.nanoTime();
            refusal = limited(Math.max(pauseEnd - now, FIRST_PAUSE.toNanos()));
        }
        waiter.emitter.fail(refusal);
    }

    /** The subscription has ended: after the turn was given, or before. */
    private void leave(Waiter waiter) {
        Turn unused;
        synchronized (this) {
            waiting.remove(waiter);
            waiter.stopTimer();
            unused = waiter.taken ? null : waiter.turn;
        }
        if (unused != null) {
            unused.end();
        }
    }

    private Turn granted(Waiter waiter) {
        open++;
        waiter.stopTimer();
        Turn turn = new Turn(waiter);
        waiter.turn = turn;
        return turn;
    }

    private boolean isPaused(long now) {
        return pauseEnd - now > 0;
    }

    private ModelException limited(long nanos) {
        return new ModelException(
                Kind.RATE_LIMITED,
                "the model " + model + " is asked as often as its limits allow",
                Optional.of(Duration.ofNanos(nanos)));
    }

    /** Not from within itself: a turn that ends at once would let in the next one, and so on, ever deeper. */
    private void letIn() {
        synchronized (this) {
            if (lettingIn) {
                return;
            }
            lettingIn = true;
        }
        Optional<Waiter> next = nextToLetIn();
        while (next.isPresent()) {
            next.get().emitter.complete(next.get().turn);
            next = nextToLetIn();
        }
    }

    private synchronized Optional<Waiter> nextToLetIn() {
        if (isPaused(System.nanoTime()) || open >= (int) limit || waiting.isEmpty()) {
            lettingIn = false;
            return Optional.empty();
        }
        Waiter waiter = waiting.removeFirst();
        granted(waiter);
        return Optional.of(waiter);
    }

    private void letInAfter(long nanos) {
        if (pauseTimer != null) {
            pauseTimer.cancel(false);
        }
        pauseTimer = Timers.after(nanos, this::pauseOver);
    }

    private void pauseOver() {
        synchronized (this) {
            long left = pauseEnd - System.nanoTime();
            // why: some executors are a little early, and nobody else would let in who waits
            if (left > 0) {
                letInAfter(left);
                return;
            }
        }
        letIn();
    }

    private void pause(Optional<Duration> told, int wereOpen) {
        List<Waiter> tooLate = new ArrayList<>();
        ModelException refusal;
        synchronized (this) {
            long now = System.nanoTime();
            // why once: calls that were open together are refused together
            if (!isPaused(now)) {
                limit = Math.max(1, Math.min(limit, wereOpen) / 2);
                refusalsInARow++;
            }
            Duration length = told.orElseGet(this::guess);
            if (refusalsInARow > 1 && length.compareTo(FIRST_PAUSE) < 0) {
                // why: who is told to come back at once, and is refused again, is told nothing
                length = longer(length, guess());
            }
            long end = now + Math.max(length.toNanos(), SHORTEST_PAUSE.toNanos());
            if (end - pauseEnd > 0) {
                pauseEnd = end;
                letInAfter(end - now);
            }
            for (Iterator<Waiter> waiters = waiting.iterator(); waiters.hasNext(); ) {
                Waiter waiter = waiters.next();
                if (pauseEnd - waiter.deadline > 0) {
                    waiters.remove();
                    waiter.stopTimer();
                    tooLate.add(waiter);
                }
            }
            refusal = limited(pauseEnd - now);
        }
        tooLate.forEach(waiter -> waiter.emitter.fail(refusal));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }

    private Duration guess() {
        long millis = FIRST_PAUSE.toMillis() << Math.min(refusalsInARow - 1, MOST_DOUBLINGS);
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(millis / 2, millis + 1));
    }

    private void exhaust(ModelException reason) {
        List<Waiter> all;
        synchronized (this) {
            exhausted = reason;
            exhaustedUntil = System.nanoTime() + REST.toNanos();
            all = List.copyOf(waiting);
            waiting.clear();
            all.forEach(Waiter::stopTimer);
        }
        all.forEach(waiter -> waiter.emitter.fail(reason));
    }

    private static final class Waiter {

        private final UniEmitter<? super Turn> emitter;
        private final long deadline;
        private @Nullable ScheduledFuture<?> timer;
        private @Nullable Turn turn;
        private boolean taken;

        Waiter(UniEmitter<? super Turn> emitter, long deadline) {
            this.emitter = emitter;
            this.deadline = deadline;
        }

        private void stopTimer() {
            if (timer != null) {
                timer.cancel(false);
            }
        }
    }

    /** The right to have one call open, until it is said how that call ended. Later words change nothing. */
    final class Turn {

        private final Waiter waiter;
        private boolean ended;

        private Turn(Waiter waiter) {
            this.waiter = waiter;
        }

        /** The call begins: from now on its end has to be told. */
        void take() {
            synchronized (Pace.this) {
                waiter.taken = true;
            }
        }

        /** The provider answered. */
        void wentWell() {
            if (close()) {
                synchronized (Pace.this) {
                    limit = Math.min(most, limit + 1 / limit);
                    refusalsInARow = 0;
                    exhausted = null;
                }
                letIn();
            }
        }

        /** The provider refused the call for its rate. */
        void limited(Optional<Duration> retryAfter) {
            int wereOpen = Pace.this.open();
            if (close()) {
                pause(retryAfter, wereOpen);
            }
        }

        /** The provider refused the call because the quota is used up. */
        void exhausted(ModelException reason) {
            if (close()) {
                exhaust(reason);
            }
        }

        /** It ended otherwise: failed, or nobody waits for it any more. */
        void end() {
            if (close()) {
                letIn();
            }
        }

        private boolean close() {
            synchronized (Pace.this) {
                if (ended) {
                    return false;
                }
                ended = true;
                open--;
                return true;
            }
        }
    }
}
