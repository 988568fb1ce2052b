package org.mcpagentic.stubmodel;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/**
 * A language model that says what it is told to, over the real wires of Gemini (REST, v1beta) and of OpenAI (chat
 * completions), on 127.0.0.1. Safe for use by several threads.
 */
public final class StubModel implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    private static final int BACKLOG = 16_384;

    private final Vertx vertx;
    private final ModelService service;
    private final int port;

    private StubModel(Vertx vertx, ModelService service, int port) {
        this.vertx = vertx;
        this.service = service;
        this.port = port;
    }

    /** Starts a stub on a free port that takes any key and model and allows any number of requests. */
    public static StubModel start() {
        return builder().build();
    }

    public static StubModelBuilder builder() {
        return new StubModelBuilder();
    }

    /** The base of Gemini's methods: {@code http://127.0.0.1:PORT/v1beta}. */
    public URI geminiBase() {
        return URI.create("http://" + HOST + ":" + port + "/v1beta");
    }

    /** The base of OpenAI's: {@code http://127.0.0.1:PORT/v1}. */
    public URI openAiBase() {
        return URI.create("http://" + HOST + ":" + port + "/v1");
    }

    /**
     * Begins a rule for conversations whose first user text contains this. Of several rules that fit, the one added first
     * goes; without one, the default.
     */
    public When when(String inputContains) {
        return new When(service.rules(), inputContains);
    }

    /**
     * What is answered where no rule fits: turn by turn, the last reply again for all later turns. Without any it is the
     * text {@code ok}.
     */
    public void byDefault(Reply... turns) {
        answering(Rules.turns(List.of(turns)));
    }

    /** What is answered where no rule fits, freely. The function runs on event loops: it must not block. */
    public void answering(Function<ModelRequest, Reply> script) {
        service.rules().otherwise(script);
    }

    /** The latest requests, oldest first. They live: what becomes of a reply shows in them. */
    public List<RecordedRequest> requests() {
        return service.log().requests();
    }

    /** How many requests there were, since the start or the last {@link #reset}. */
    public long requestCount() {
        return service.log().count();
    }

    /** The requests, of those kept, whose input had been refused before and was told to come later, by 20 ms or more. */
    public List<RecordedRequest> earlyRequests() {
        return requests().stream().filter(RecordedRequest::early).toList();
    }

    /**
     * The requests, of those kept, that came while anyone had been told to come later, whether or not that client could
     * know already: what a client wastes that does not share what it was told.
     */
    public List<RecordedRequest> requestsWhileRefusing() {
        return requests().stream().filter(RecordedRequest::whileRefusing).toList();
    }

    /** How many requests were early, kept or not, see {@link #earlyRequests}. */
    public long earlyCount() {
        return service.log().earlyCount();
    }

    /** How many requests came while anyone was to wait, kept or not, see {@link #requestsWhileRefusing}. */
    public long whileRefusingCount() {
        return service.log().whileRefusingCount();
    }

    /** How many requests were answered with each status (0: not at all), since the start or the last {@link #reset}. */
    public Map<Integer, Long> answersByStatus() {
        return service.log().answersByStatus();
    }

    /** How many requests are being answered now. */
    public int inFlight() {
        return service.log().inFlight();
    }

    /** How many requests were being answered at once at most. */
    public int mostInFlight() {
        return service.log().mostInFlight();
    }

    /** Forgets the script, the requests and what of the quota was used. */
    public void reset() {
        service.forget();
    }

    /** Closes all connections and stops. Not for event loops. */
    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    static StubModel listening(StubModelBuilder settings, ModelService service) {
        Vertx vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(settings.eventLoops)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        Queue<HttpServer> servers = new ConcurrentLinkedQueue<>();
        // why: -1 is one free port for all instances, 0 would be one for each
        int port = settings.port == 0 ? -1 : settings.port;
        Future<String> deployed = vertx.deployVerticle(
                () -> new Listener(service, port, servers), new DeploymentOptions().setInstances(settings.eventLoops));
        try {
            deployed.toCompletionStage().toCompletableFuture().join();
        } catch (CompletionException e) {
            vertx.close();
            throw new IllegalStateException("the stub cannot listen on port " + settings.port, e.getCause());
        }
        return new StubModel(vertx, service, servers.element().actualPort());
    }

    /** The beginning of a rule. */
    public static final class When {
        private final Rules rules;
        private final String inputContains;

        private When(Rules rules, String inputContains) {
            this.rules = rules;
            this.inputContains = inputContains;
        }

        /**
         * Answers turn by turn: the first reply where the conversation holds no model turn, the second where it holds one,
         * and so on; the last reply again for all later turns.
         */
        public void then(Reply... turns) {
            thenAnswering(Rules.turns(List.of(turns)));
        }

        /** Answers freely. The function runs on event loops: it must not block. */
        public void thenAnswering(Function<ModelRequest, Reply> script) {
            rules.add(inputContains, script);
        }
    }

    private static final class Listener extends AbstractVerticle {
        private final ModelService service;
        private final int port;
        private final Queue<HttpServer> servers;

        Listener(ModelService service, int port, Queue<HttpServer> servers) {
            this.service = service;
            this.port = port;
            this.servers = servers;
        }

        @Override
        public void start(Promise<Void> started) {
            HttpServerOptions options = new HttpServerOptions()
                    .setHost(HOST)
                    .setPort(port)
                    .setAcceptBacklog(BACKLOG)
                    .setHttp2ClearTextEnabled(false)
                    .setHandle100ContinueAutomatically(true);
            vertx.createHttpServer(options)
                    .requestHandler(request -> service.handle(vertx, request))
                    .listen()
                    .onSuccess(servers::add)
                    .<Void>mapEmpty()
                    .onComplete(started);
        }
    }
}
