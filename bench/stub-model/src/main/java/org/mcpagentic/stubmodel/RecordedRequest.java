package org.mcpagentic.stubmodel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** One request that the stub got, and, live, what became of it. */
public final class RecordedRequest {
    private final String method;
    private final String path;
    private final Map<String, String> query;
    private final Map<String, String> headers;
    private final Instant receivedAt;
    private final CompletableFuture<RecordedRequest> over = new CompletableFuture<>();
    private volatile JsonNode body = MissingNode.getInstance();
    private volatile Optional<ModelRequest> understood = Optional.empty();
    private volatile Optional<Instant> notBefore = Optional.empty();
    private volatile Optional<Instant> answeredAt = Optional.empty();
    private volatile Optional<Instant> closedByClientAt = Optional.empty();
    private volatile boolean early;
    private volatile boolean whileRefusing;
    private volatile int status;
    private volatile int chunksSent;

    RecordedRequest(
            String method, String path, Map<String, String> query, Map<String, String> headers, Instant receivedAt) {
        this.method = method;
        this.path = path;
        this.query = Map.copyOf(query);
        this.headers = Map.copyOf(headers);
        this.receivedAt = receivedAt;
    }

    public String method() {
        return method;
    }

    /** The path, decoded, without the query. */
    public String path() {
        return path;
    }

    public Map<String, String> query() {
        return query;
    }

    /** The headers, names in lower case, the last value of each. */
    public Map<String, String> headers() {
        return headers;
    }

    /** The body as JSON, missing if it is none. */
    public JsonNode body() {
        return body;
    }

    /** When the head had come. */
    public Instant receivedAt() {
        return receivedAt;
    }

    /** What was asked, empty while the body is under way and if the request broke a rule. */
    public Optional<ModelRequest> understood() {
        return understood;
    }

    /** The status that was answered; 0 before that, and for ever if the reply is silence. */
    public int status() {
        return status;
    }

    /** How many chunks of a streamed answer were sent, those that carry content. */
    public int chunksSent() {
        return chunksSent;
    }

    /** When the first byte of the answer was sent. */
    public Optional<Instant> answeredAt() {
        return answeredAt;
    }

    /** The time before which the client was told not to come again. */
    public Optional<Instant> notBefore() {
        return notBefore;
    }

    /** Whether this input had been told to come later than this. */
    public boolean early() {
        return early;
    }

    /** Whether anyone had been told to come later than this. */
    public boolean whileRefusing() {
        return whileRefusing;
    }

    /** Whether the client closed the connection before the reply had ended. */
    public boolean connectionClosedByClient() {
        return closedByClientAt.isPresent();
    }

    /** When the client closed the connection before the reply had ended. */
    public Optional<Instant> closedByClientAt() {
        return closedByClientAt;
    }

    /** Completes when the reply has ended or the connection has closed. */
    public CompletionStage<RecordedRequest> over() {
        return over.minimalCompletionStage();
    }

    @Override
    public String toString() {
        return method + " " + path + " " + status;
    }

    void read(JsonNode json) {
        body = json;
    }

    void understoodAs(ModelRequest request) {
        understood = Optional.of(request);
    }

    void came(boolean earlierThanTold, boolean whileOthersWait) {
        early = earlierThanTold;
        whileRefusing = whileOthersWait;
    }

    void answeredWith(int sent, Instant at) {
        status = sent;
        answeredAt = Optional.of(at);
    }

    void toldNotBefore(Instant time) {
        notBefore = Optional.of(time);
    }

    void sentChunks(int count) {
        chunksSent = count;
    }

    void closedByClient(Instant at) {
        closedByClientAt = Optional.of(at);
    }

    void ended() {
        over.complete(this);
    }
}
