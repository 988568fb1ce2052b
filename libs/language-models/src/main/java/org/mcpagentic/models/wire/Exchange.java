package org.mcpagentic.models.wire;

import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** One request and its answer. All of its state belongs to the context on which it was subscribed to. */
final class Exchange<T> implements Flow.Subscription {

    /** The time that a server has to end a body whose content has ended, before its connection is closed. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** HTTP/2's error code for what is not needed any more; over HTTP/1.1 the connection is closed. */
    private static final long CANCEL = 0x8;

    private final WireClient client;
    private final Context context;
    private final WireSettings settings;
    private final InstantSource clock;
    private final AnswerReader<T> reader;
    private final Flow.Subscriber<? super T> downstream;
    private final Failures failures;
    private final String host;

    private final Queue<T> ready = new ArrayDeque<>(2);

    /** Set to nothing once it is sent, since an answer may take long. */
    private @Nullable WireRequest request;

    private @Nullable HttpClientRequest sent;
    private @Nullable HttpClientResponse response;
    private @Nullable Body body;
    private long demand;
    private long received;
    private boolean fetching;
    private boolean draining;

    /** Whether nothing more comes from the server, so that there is nothing to close. */
    private boolean bodyEnded;

    /** Whether nothing more is taken from the server. */
    private boolean concluded;

    private @Nullable Throwable failure;

    /** Whether the subscriber hears nothing more. */
    private boolean done;

    /** What the bytes of an answer are for. */
    private sealed interface Body {

        record Events(EventStreamDecoder decoder) implements Body {}

        record Whole(ByteArrayOutputStream bytes) implements Body {}

        record Refused(int status, ByteArrayOutputStream bytes) implements Body {}
    }

    Exchange(
            WireClient client,
            Context context,
            WireSettings settings,
            InstantSource clock,
            WireRequest request,
            AnswerReader<T> reader,
            Flow.Subscriber<? super T> downstream) {
        this.client = client;
        this.context = context;
        this.settings = settings;
        this.clock = clock;
        this.request = request;
        this.reader = reader;
        this.downstream = downstream;
        this.failures = new Failures(request.model());
        this.host = request.address().getHost();
    }

    void start() {
        downstream.onSubscribe(this);
        onContext(this::connect);
    }

    @Override
    public void request(long n) {
        onContext(() -> {
            if (n <= 0) {
                conclude(new IllegalArgumentException("a subscriber asks for at least one item"));
            } else {
                demand = demand + n < 0 ? Long.MAX_VALUE : demand + n;
            }
            deliver();
        });
    }

    @Override
    public void cancel() {
        onContext(() -> {
            done = true;
            ready.clear();
            abort();
        });
    }

    private void connect() {
        WireRequest posted = request;
        if (done || posted == null) {
            return;
        }
        try {
            client.http().request(options(posted)).onComplete(opened -> opened(opened, posted.body()));
        } catch (RuntimeException refused) {
            broke(refused);
        }
        request = null;
    }

    private RequestOptions options(WireRequest posted) {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setAbsoluteURI(posted.address().toASCIIString())
                .setFollowRedirects(false)
                .setConnectTimeout(settings.connectTimeout().toMillis());
        options.putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .putHeader(HttpHeaders.ACCEPT, "application/json, text/event-stream")
                .putHeader(HttpHeaders.USER_AGENT, "mcp-agentic-ai-server");
        posted.headers().forEach(options::putHeader);
        return options;
    }

    private void opened(AsyncResult<HttpClientRequest> opened, Buffer content) {
        if (opened.failed()) {
            broke(opened.cause());
            return;
        }
        HttpClientRequest posting = opened.result();
        sent = posting;
        if (done || concluded) {
            abort();
            return;
        }
        // why twice: a request that is still being written fails here, one that was written fails there
        posting.exceptionHandler(this::broke);
        posting.response().onComplete(this::answered);
        posting.end(content);
    }

    private void answered(AsyncResult<HttpClientResponse> answered) {
        if (answered.failed()) {
            broke(answered.cause());
            return;
        }
        HttpClientResponse begun = answered.result();
        response = begun;
        begun.pause();
        begun.exceptionHandler(this::broke);
        begun.endHandler(ended -> ended());
        begun.handler(this::arrived);
        body = body(begun);
        if (done || concluded) {
            abort();
        } else if (body instanceof Body.Events) {
            deliver();
        } else {
            begun.resume();
        }
    }

    private Body body(HttpClientResponse begun) {
        if (begun.statusCode() < 200 || begun.statusCode() > 299) {
            return new Body.Refused(begun.statusCode(), new ByteArrayOutputStream());
        }
        String type = begun.getHeader(HttpHeaders.CONTENT_TYPE);
        return type != null && type.toLowerCase(Locale.ROOT).startsWith("text/event-stream")
                ? new Body.Events(new EventStreamDecoder(settings.mostEventBytes(), failures))
                : new Body.Whole(new ByteArrayOutputStream());
    }

    private void arrived(Buffer bytes) {
        fetching = false;
        if (concluded || done) {
            return;
        }
        received += bytes.length();
        guarded(() -> take(bytes));
        deliver();
    }

    private void take(Buffer bytes) {
        switch (body) {
            case Body.Events(EventStreamDecoder decoder) -> {
                bound();
                decoder.feed(bytes.getBytes(), this::read);
            }
            case Body.Whole(ByteArrayOutputStream whole) -> {
                bound();
                whole.writeBytes(bytes.getBytes());
            }
            case Body.Refused(int status, ByteArrayOutputStream said) -> {
                said.write(bytes.getBytes(), 0, Math.min(bytes.length(), Refusal.MOST_BYTES - said.size()));
                if (said.size() == Refusal.MOST_BYTES) {
                    refused(status, said);
                }
            }
            case null -> {}
        }
    }

    private void bound() {
        if (received > settings.mostAnswerBytes()) {
            throw failures.unusable("sent an answer of more than " + settings.mostAnswerBytes() + " bytes");
        }
    }

    private void read(String payload) {
        if (!concluded && reader.read(payload, ready::add)) {
            reader.end(ready::add);
            conclude(null);
        }
    }

    private void ended() {
        bodyEnded = true;
        if (!concluded && !done) {
            guarded(() -> {
                switch (body) {
                    case Body.Events events -> {
                        reader.end(ready::add);
                        conclude(null);
                    }
                    case Body.Whole(ByteArrayOutputStream whole) -> {
                        read(whole.toString(StandardCharsets.UTF_8));
                        if (!concluded) {
                            reader.end(ready::add);
                            conclude(null);
                        }
                    }
                    case Body.Refused(int status, ByteArrayOutputStream said) -> refused(status, said);
                    case null -> {}
                }
            });
        }
        deliver();
    }

    private void refused(int status, ByteArrayOutputStream said) {
        HttpClientResponse begun = response;
        if (begun != null) {
            conclude(reader.refused(
                    new Refusal(status, begun.headers(), said.toString(StandardCharsets.UTF_8), clock.instant())));
        }
    }

    private void broke(Throwable cause) {
        bodyEnded = true;
        if (!concluded && !done) {
            guarded(() -> {
                if (body instanceof Body.Refused(int status, ByteArrayOutputStream said)) {
                    // why: the status says more than the end of its explanation would
                    refused(status, said);
                } else {
                    conclude(response == null ? NetworkFailures.of(cause, failures, host) : failures.cut());
                }
            });
            deliver();
        }
    }

    private void guarded(Runnable reading) {
        try {
            reading.run();
        } catch (RuntimeException ending) {
            conclude(ending);
        }
    }

    /** Takes no more from the server; what is ready is still passed on. */
    private void conclude(@Nullable Throwable reason) {
        if (concluded) {
            return;
        }
        concluded = true;
        failure = reason;
        if (reason != null) {
            abort();
        } else if (!bodyEnded) {
            awaitEnd();
        }
    }

    /** Passes on what is ready as far as it is asked for, then the end, or asks the server for more. */
    private void deliver() {
        if (draining) {
            return;
        }
        draining = true;
        try {
            while (demand > 0 && !done && !ready.isEmpty()) {
                demand -= demand == Long.MAX_VALUE ? 0 : 1;
                downstream.onNext(ready.remove());
            }
        } finally {
            draining = false;
        }
        if (done || !ready.isEmpty()) {
            return;
        }
        if (concluded) {
            done = true;
            tellEnd(failure);
        } else if (demand > 0 && !fetching && body instanceof Body.Events && response != null) {
            fetching = true;
            response.fetch(1);
        }
    }

    private void tellEnd(@Nullable Throwable reason) {
        if (reason == null) {
            downstream.onComplete();
        } else {
            downstream.onError(reason);
        }
    }

    /** Reads to the end of the body, so that the connection can serve again; not for long. */
    private void awaitEnd() {
        if (response != null) {
            response.resume();
            context.runOnContext(read -> {
                if (!bodyEnded) {
                    context.owner().setTimer(PATIENCE.toMillis(), late -> abort());
                }
            });
        }
    }

    private void abort() {
        HttpClientRequest posting = sent;
        if (posting == null || bodyEnded) {
            return;
        }
        if (response == null) {
            reset(posting);
            return;
        }
        // why not at once: an answer whose end is here, unread, has given its connection back to others
        response.resume();
        context.runOnContext(read -> reset(posting));
    }

    private void reset(HttpClientRequest posting) {
        if (!bodyEnded) {
            bodyEnded = true;
            posting.reset(CANCEL);
        }
    }

    private void onContext(Runnable work) {
        if (Vertx.currentContext() == context && Context.isOnEventLoopThread()) {
            work.run();
        } else {
            context.runOnContext(later -> work.run());
        }
    }
}
