package org.mcpagentic.models.flow;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.operators.multi.AbstractMultiOperator;
import io.smallrye.mutiny.operators.multi.MultiOperatorProcessor;
import io.smallrye.mutiny.subscription.MultiSubscriber;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Flow;
import java.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;
import org.mcpagentic.agent.model.ModelEvent;
import org.mcpagentic.agent.model.ModelException;

/**
 * Ends a call that gives no sign of life for too long, or lasts too long. One timer a call, however many events it brings:
 * an event only notes its time, and the timer looks how long ago that was.
 */
final class Watchdog extends AbstractMultiOperator<ModelEvent, ModelEvent> {

    private final String model;
    private final Patience patience;

    private Watchdog(Multi<ModelEvent> upstream, String model, Patience patience) {
        super(upstream);
        this.model = model;
        this.patience = patience;
    }

    /** The same events; fails with a {@link ModelException} of kind {@code TRANSIENT} where patience is at its end. */
    static Multi<ModelEvent> over(Multi<ModelEvent> call, String model, Patience patience) {
        return Infrastructure.onMultiCreation(new Watchdog(call, model, patience));
    }

    @Override
    public void subscribe(MultiSubscriber<? super ModelEvent> downstream) {
        upstream.subscribe().withSubscriber(new Watch(downstream, model, patience));
    }

    private static final class Watch extends MultiOperatorProcessor<ModelEvent, ModelEvent> {

        private final String model;
        private final Patience patience;
        private final long begin = System.nanoTime();
        private long lastEvent = begin;
        private boolean spoke;
        private boolean over;

        /** Events that are waited for downstream; while there are none, the model's silence is not its own. */
        private long wanted;

        private @Nullable ScheduledFuture<?> timer;

        Watch(MultiSubscriber<? super ModelEvent> downstream, String model, Patience patience) {
            super(downstream);
            this.model = model;
            this.patience = patience;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            super.onSubscribe(subscription);
            synchronized (this) {
                lookAgainIn(Math.min(
                        patience.firstEvent().toNanos(), patience.whole().toNanos()));
            }
        }

        // why synchronized: the timer's thread must not fail the stream while an event is passed on
        @Override
        public synchronized void onItem(ModelEvent event) {
            if (over) {
                return;
            }
            wanted = wanted == Long.MAX_VALUE ? wanted : wanted - 1;
            lastEvent = System.nanoTime();
            if (!spoke) {
                spoke = true;
                stopTimer();
                lookAgainIn(Math.min(patience.idle().toNanos(), patience.whole().toNanos() - (lastEvent - begin)));
            }
            super.onItem(event);
        }

        @Override
        public synchronized void onFailure(Throwable failure) {
            if (!over) {
                end();
                super.onFailure(failure);
            }
        }

        @Override
        public synchronized void onCompletion() {
            if (!over) {
                end();
                super.onCompletion();
            }
        }

        @Override
        public void request(long count) {
            synchronized (this) {
                if (wanted == 0) {
                    lastEvent = System.nanoTime();
                }
                wanted = wanted > Long.MAX_VALUE - count ? Long.MAX_VALUE : wanted + count;
            }
            super.request(count);
        }

        @Override
        public void cancel() {
            super.cancel();
            synchronized (this) {
                end();
            }
        }

        private synchronized void look() {
            if (over) {
                return;
            }
            long now = System.nanoTime();
            if (spoke && wanted == 0) {
                lastEvent = now;
            }
            Duration quiet = spoke ? patience.idle() : patience.firstEvent();
            long left = Math.min(
                    quiet.toNanos() - (now - lastEvent), patience.whole().toNanos() - (now - begin));
            if (left > 0) {
                lookAgainIn(left);
                return;
            }
            String message = now - begin >= patience.whole().toNanos()
                    ? "the model " + model + " did not end its turn within " + seconds(patience.whole())
                    : spoke
                            ? "the model " + model + " fell silent for " + seconds(quiet) + " in the middle of its turn"
                            : "the model " + model + " gave no sign of life within " + seconds(quiet);
            end();
            getUpstreamSubscription().cancel();
            super.onFailure(new ModelException(ModelException.Kind.TRANSIENT, message, Optional.empty()));
        }

        private void end() {
            over = true;
            stopTimer();
        }

        private void stopTimer() {
            if (timer != null) {
                timer.cancel(false);
            }
        }

        private void lookAgainIn(long nanos) {
            if (!over) {
                timer = Timers.after(nanos, this::look);
            }
        }

        private static String seconds(Duration duration) {
            return duration.toMillis() / 1000.0 + " s";
        }
    }
}
