package org.mcpagentic.models.wire;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.PemTrustOptions;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Posts to model servers and passes on what they answer, piece by piece, on the event loop on which it comes in. Tries
 * nothing twice, and has no time limit but that for connecting.
 */
public final class WireClient {

    /** How long an unused connection is kept: less than servers do, which close theirs after 60 s and more. */
    private static final int KEEP_ALIVE_SECONDS = 30;

    private final Vertx vertx;
    private final WireSettings settings;
    private final InstantSource clock;

    // why one for each event loop: an answer is then read where its connection lives, without a hop; and a request that
    // is
    // reset when its answer has just ended would otherwise close the connection under the next one
    private final Map<Optional<Thread>, HttpClient> clients = new ConcurrentHashMap<>();
    private volatile boolean closed;

    public WireClient(Vertx vertx, WireSettings settings, InstantSource clock) {
        this.vertx = vertx;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Posts a request whenever somebody subscribes.
     *
     * @param reader makes the reader of one answer
     * @return what the reader makes of the answer, no faster than it is asked for; fails with what the reader throws, and
     *     with {@link org.mcpagentic.agent.model.ModelException} where the network fails. Cancelling closes the
     *     connection, or resets the stream.
     */
    public <T> Multi<T> post(WireRequest request, Supplier<? extends AnswerReader<T>> reader) {
        return Multi.createFrom()
                .publisher(subscriber -> new Exchange<>(
                                this, vertx.getOrCreateContext(), settings, clock, request, reader.get(), subscriber)
                        .start());
    }

    /** Closes all connections; what is under way fails. */
    public Uni<Void> close() {
        closed = true;
        List<Future<Void>> closing =
                clients.values().stream().map(HttpClient::close).toList();
        clients.clear();
        return Uni.createFrom().emitter(done -> Future.join(closing).onComplete(ended -> done.complete(null)));
    }

    /** The client of the event loop that asks. */
    HttpClient http() {
        if (closed) {
            throw new IllegalStateException("the client is closed");
        }
        Optional<Thread> loop = Context.isOnEventLoopThread() ? Optional.of(Thread.currentThread()) : Optional.empty();
        return clients.computeIfAbsent(loop, first -> vertx.createHttpClient(options(), pool()));
    }

    private HttpClientOptions options() {
        HttpClientOptions options = new HttpClientOptions()
                .setProtocolVersion(settings.http2() ? HttpVersion.HTTP_2 : HttpVersion.HTTP_1_1)
                .setUseAlpn(settings.http2())
                // why: servers without TLS would be asked to upgrade, and some choke on it
                .setHttp2ClearTextUpgrade(false)
                .setConnectTimeout((int) settings.connectTimeout().toMillis())
                .setSslHandshakeTimeout(settings.connectTimeout().toMillis())
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
                .setHttp2KeepAliveTimeout(KEEP_ALIVE_SECONDS);
        settings.authorities()
                .ifPresent(pem -> options.setTrustOptions(new PemTrustOptions().addCertPath(pem.toString())));
        return options;
    }

    private PoolOptions pool() {
        return new PoolOptions().setHttp1MaxSize(settings.connections()).setHttp2MaxSize(settings.connections());
    }
}
