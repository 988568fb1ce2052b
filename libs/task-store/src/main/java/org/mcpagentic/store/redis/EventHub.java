package org.mcpagentic.store.redis;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.smallrye.mutiny.subscription.Cancellable;
import io.smallrye.mutiny.subscription.MultiEmitter;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.RedisConnection;
import io.vertx.mutiny.redis.client.Request;
import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;
import org.mcpagentic.store.TaskId;
import org.mcpagentic.store.TaskStore.News;
import org.mcpagentic.store.WorkQueue.Delta;

/**
 * This process' one subscription per shard, fanned out in memory. What it carries are hints: they may be lost, so after
 * every reconnect each listener is told to look again. A connection that fell silent is noticed by the missing sign of
 * life that ticks publish every second.
 */
final class EventHub {

    private static final Logger LOG = Logger.getLogger(EventHub.class);
    private static final Duration SILENCE = Duration.ofSeconds(5);
    private static final Duration RECONNECT = Duration.ofMillis(250);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final News LOOK_AGAIN = new News(0, false);
    private static final List<Key> CHANNELS = List.of(Key.LIVE, Key.WORK, Key.DELTA);

    private final Redis redis;
    private final Shards shards;
    private final ConcurrentHashMap<String, Set<MultiEmitter<? super News>>> news = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, Set<MultiEmitter<? super Delta>>> deltas = new ConcurrentHashMap<>();
    private final Set<MultiEmitter<? super Long>> changes = ConcurrentHashMap.newKeySet();
    private final Set<MultiEmitter<? super Integer>> work = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    EventHub(Redis redis, Shards shards) {
        this.redis = redis;
        this.shards = shards;
    }

    void start() {
        for (int shard = 0; shard < shards.count(); shard++) {
            subscribe(shard);
        }
    }

    void close() {
        closed = true;
    }

    Multi<News> newsOf(TaskId id) {
        // why: a listener that does not keep up needs the newest number only
        return listen(news, id.value(), BackPressureStrategy.LATEST);
    }

    Multi<Delta> deltasOf(TaskId id) {
        // why: a listener that does not keep up loses pieces of text, which the step's outcome repeats, never memory
        return listen(deltas, id.value(), BackPressureStrategy.DROP);
    }

    Multi<Long> changes() {
        return Multi.createFrom().emitter(emitter -> register(changes, emitter), BackPressureStrategy.LATEST);
    }

    Multi<Integer> work() {
        return Multi.createFrom().emitter(emitter -> register(work, emitter), BackPressureStrategy.BUFFER);
    }

    private static <T> Multi<T> listen(
            ConcurrentHashMap<String, Set<MultiEmitter<? super T>>> listeners,
            String id,
            BackPressureStrategy strategy) {
        return Multi.createFrom()
                .emitter(
                        emitter -> {
                            listeners.compute(id, (key, known) -> {
                                Set<MultiEmitter<? super T>> all =
                                        known == null ? ConcurrentHashMap.newKeySet() : known;
                                all.add(emitter);
                                return all;
                            });
                            emitter.onTermination(() -> listeners.computeIfPresent(id, (key, known) -> {
                                known.remove(emitter);
                                return known.isEmpty() ? null : known;
                            }));
                        },
                        strategy);
    }

    private static <T> void register(Set<MultiEmitter<? super T>> listeners, MultiEmitter<? super T> emitter) {
        listeners.add(emitter);
        emitter.onTermination(() -> listeners.remove(emitter));
    }

    private void subscribe(int shard) {
        if (closed) {
            return;
        }
        Uni<RedisConnection> connecting = redis.connect().memoize().indefinitely();
        connecting
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .subscribe()
                .with(connection -> listenOn(shard, connection), failure -> {
                    LOG.debugf("events of a shard cannot be subscribed to shard=%d", shard);
                    // why: a connection that comes after all would stay open with nobody to close it
                    connecting.subscribe().with(RedisConnection::closeAndForget, never -> {});
                    later(RECONNECT, () -> subscribe(shard));
                });
    }

    private void listenOn(int shard, RedisConnection connection) {
        Subscription line = new Subscription(shard, connection);
        connection.handler(line::received);
        connection.exceptionHandler(failure -> line.broken());
        connection.endHandler(line::broken);
        line.watch();
        Request subscription = Request.cmd(Command.SUBSCRIBE);
        CHANNELS.forEach(channel -> subscription.arg(channel.in(shard, "")));
        connection
                .send(subscription)
                .subscribe()
                .with(sent -> later(PATIENCE, line::confirm), failure -> line.broken());
    }

    private static Cancellable later(Duration delay, Runnable action) {
        return Uni.createFrom()
                .voidItem()
                .onItem()
                .delayIt()
                .by(delay)
                .subscribe()
                .with(done -> action.run());
    }

    private void lookAgain(int shard) {
        news.values().forEach(listeners -> listeners.forEach(emitter -> emitter.emit(LOOK_AGAIN)));
        changes.forEach(emitter -> emitter.emit(0L));
        work.forEach(emitter -> emitter.emit(shard));
    }

    private static News news(String word) {
        boolean ended = word.endsWith("!");
        return new News(Long.parseLong(ended ? word.substring(0, word.length() - 1) : word), ended);
    }

    private void dispatch(int shard, String channel, String message) {
        if (channel.equals(Key.WORK.in(shard, ""))) {
            work.forEach(emitter -> emitter.emit(shard));
        } else if (channel.equals(Key.LIVE.in(shard, ""))) {
            if (message.isEmpty()) {
                return;
            }
            changes.forEach(emitter -> emitter.emit(0L));
            String[] words = message.split(" ", -1);
            for (int i = 0; i + 1 < words.length; i += 2) {
                Set<MultiEmitter<? super News>> listeners = news.getOrDefault(words[i], Set.of());
                if (!listeners.isEmpty()) {
                    News one = news(words[i + 1]);
                    listeners.forEach(emitter -> emitter.emit(one));
                }
            }
        } else {
            String[] parts = message.split(" ", 3);
            Set<MultiEmitter<? super Delta>> listeners = deltas.getOrDefault(parts[0], Set.of());
            if (!listeners.isEmpty()) {
                Delta delta = new Delta(Integer.parseInt(parts[1]), parts[2]);
                listeners.forEach(emitter -> emitter.emit(delta));
            }
        }
    }

    /** One connection that listens to a shard, until it breaks or falls silent. */
    private final class Subscription {

        private final int shard;
        private final RedisConnection connection;
        private final AtomicLong lastHeard = new AtomicLong();
        private final AtomicInteger confirmed = new AtomicInteger();
        private boolean over;

        Subscription(int shard, RedisConnection connection) {
            this.shard = shard;
            this.connection = connection;
        }

        void received(Response response) {
            if (response.type() == ResponseType.ERROR) {
                broken();
                return;
            }
            List<String> parts = texts(response);
            if (parts.size() == 3 && parts.getFirst().equals("message")) {
                lastHeard.set(System.nanoTime());
                dispatch(shard, parts.get(1), parts.get(2));
            } else if (parts.getFirst().equals("subscribe") && confirmed.incrementAndGet() == CHANNELS.size()) {
                // why not earlier: what happens before Redis has subscribed is not told
                lookAgain(shard);
            }
        }

        /** Gives it up where Redis has not confirmed the subscription. */
        void confirm() {
            if (confirmed.get() < CHANNELS.size()) {
                broken();
            }
        }

        void watch() {
            later(SILENCE, () -> {
                long heard = lastHeard.get();
                if (heard != 0 && System.nanoTime() - heard > SILENCE.toNanos()) {
                    broken();
                } else if (!closed && isOpen()) {
                    watch();
                }
            });
        }

        void broken() {
            synchronized (this) {
                if (over) {
                    return;
                }
                over = true;
            }
            // why not once closed: the platform's own end closes the connection, and nothing can be scheduled by then
            if (!closed) {
                connection.closeAndForget();
                later(RECONNECT, () -> subscribe(shard));
            }
        }

        private synchronized boolean isOpen() {
            return !over;
        }

        private static List<String> texts(Response response) {
            List<String> parts = new ArrayList<>(3);
            for (int i = 0; i < response.size() && i < 3; i++) {
                Response part = response.get(i);
                parts.add(part == null ? "" : part.toString());
            }
            return parts;
        }
    }
}
