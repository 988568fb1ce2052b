package org.mcpagentic.stubmodel;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.mcpagentic.stubmodel.Refusal.Cause;

/** What all requests share: rules, quota, counts. Safe for several event loops. */
final class ModelService {
    private final InstantSource time;
    private final Optional<String> key;
    private final List<String> models;
    private final Quota quota;
    private final RequestLog log;
    private final GeminiSignatures signatures = new GeminiSignatures();
    private final Wire gemini;
    private final Wire openAi = new OpenAiWire();
    private final Rules rules = new Rules();
    private final Attempts attempts = new Attempts();
    private final ToldTimes told = new ToldTimes();

    ModelService(StubModelBuilder settings, InstantSource time) {
        this.time = time;
        this.key = settings.key;
        this.models = List.copyOf(settings.models);
        this.quota = settings.quota();
        this.log = new RequestLog(settings.kept);
        this.gemini = new GeminiWire(signatures, settings.requiringSignatures, settings.givingCallIds);
    }

    void handle(Vertx vertx, HttpServerRequest request) {
        RecordedRequest recorded = new RecordedRequest(
                request.method().name(),
                Optional.ofNullable(request.path()).orElse("/"),
                last(request.params()),
                last(request.headers()),
                time.instant());
        log.begins(recorded);
        new Exchange(this, request, recorded, new Delivery(vertx, time, request, log, recorded)).begin();
    }

    Wire wire(Provider provider) {
        return switch (provider) {
            case GEMINI -> gemini;
            case OPENAI -> openAi;
        };
    }

    Optional<Refusal> keyRefusal(String given) {
        return key.filter(right -> !right.equals(given))
                .map(right -> given.isEmpty() ? Reply.missingKey() : Reply.wrongKey());
    }

    List<String> models() {
        return models.isEmpty() ? List.of("stub-model") : models;
    }

    /**
     * Lets a request in that breaks no rule of its own, and counts it.
     *
     * @throws RefusedRequest if there is no such model or the quota is used up
     */
    ModelRequest admit(ModelRequest read, RecordedRequest recorded) {
        recorded.understoodAs(read);
        Instant now = recorded.receivedAt();
        log.came(recorded, told.early(read.input(), now), told.whileRefusing(now));
        if (!models.isEmpty() && !models.contains(read.model())) {
            throw new RefusedRequest(Refusal.of(Cause.UNKNOWN_MODEL));
        }
        quota.refusal(time.instant()).ifPresent(refusal -> {
            throw new RefusedRequest(refusal);
        });
        ModelRequest admitted = read.attempted(attempts.next(read));
        recorded.understoodAs(admitted);
        return admitted;
    }

    /** @throws RefusedRequest with an internal error if the script itself fails */
    Reply reply(ModelRequest request) {
        try {
            return rules.reply(request);
        } catch (RuntimeException e) {
            throw new RefusedRequest(Refusal.of(Cause.INTERNAL, "the stub's script failed: " + e));
        }
    }

    /** Notes what a client is told about when to come again. */
    void tell(RecordedRequest recorded, Refusal refusal) {
        Instant notBefore = time.instant().plus(refusal.retryDelay());
        recorded.toldNotBefore(notBefore);
        recorded.understood().ifPresent(request -> told.told(request.input(), notBefore));
    }

    Rules rules() {
        return rules;
    }

    RequestLog log() {
        return log;
    }

    void forget() {
        rules.forget();
        attempts.forget();
        told.forget();
        quota.forget();
        log.forget();
        signatures.forget();
    }

    private static Map<String, String> last(Iterable<Map.Entry<String, String>> pairs) {
        Map<String, String> last = new TreeMap<>();
        pairs.forEach(pair -> last.put(pair.getKey().toLowerCase(Locale.ROOT), pair.getValue()));
        return last;
    }
}
