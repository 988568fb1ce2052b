package org.mcpagentic.store.redis;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Response;
import java.util.List;
import java.util.Map;
import org.mcpagentic.store.AiResponse;
import org.mcpagentic.store.OwnerId;
import org.mcpagentic.store.Progress;
import org.mcpagentic.store.Question;
import org.mcpagentic.store.QuestionLedger;
import org.mcpagentic.store.ResponseId;
import org.mcpagentic.store.SessionId;
import org.mcpagentic.store.StoreException;
import org.mcpagentic.store.StoreException.Code;
import org.mcpagentic.store.TenantId;

/** Direct questions in Redis: one script before the model is called, one after. */
final class RedisQuestionLedger implements QuestionLedger {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Scripts scripts;
    private final Shards shards;
    private final StoreConfig config;
    private final Envelope envelope;

    RedisQuestionLedger(Scripts scripts, Shards shards, StoreConfig config, Envelope envelope) {
        this.scripts = scripts;
        this.shards = shards;
        this.config = config;
        this.envelope = envelope;
    }

    @Override
    public Uni<Admission> admit(Question question) {
        ResponseId id = shards.newResponseId(question.tenant());
        Arguments arguments = Arguments.of(
                        id.value(),
                        question.tenant().value(),
                        question.session().value(),
                        question.userAgent())
                .and(scope(question))
                .and(fingerprint(question))
                .guards(question.guards());
        return scripts.run(shards.of(question.tenant()), Script.ADMIT, arguments.list())
                .chain(reply -> switch (reply.get(0).toString()) {
                    case "admitted" ->
                        Uni.createFrom()
                                .item(new Admission.Admitted(id, Replies.allowance(reply.get(1), reply.get(2))));
                    case "replayed" ->
                        find(question.tenant(), new ResponseId(reply.get(1).toString()))
                                .map(Admission.Replayed::new);
                    default -> Uni.createFrom().failure(Replies.refusal(reply));
                });
    }

    @Override
    public Uni<AiResponse> settle(
            ResponseId id, Question question, Answered answered, List<Progress.Settlement> settle) {
        JsonNode kept = JSON.createObjectNode()
                .put("owner", question.owner().value())
                .put("session", question.session().value())
                .put("prompt", answered.prompt())
                .put("text", answered.text())
                .put("model", answered.model())
                .put("tokens_in", answered.inputTokens())
                .put("tokens_out", answered.outputTokens())
                .put("cost", answered.costMicros());
        String sealed = envelope.seal(Place.ofResponse(question.tenant(), id), kept.toString());
        return settle(id, question, "succeeded", sealed, answered, settle).map(reply -> {
            if (reply.size() == 0) {
                throw new StoreException(Code.RESPONSE_NOT_FOUND, "the question was under way for too long");
            }
            return response(
                    id,
                    question.tenant(),
                    kept,
                    reply.get(0).toString(),
                    reply.get(1).toString());
        });
    }

    @Override
    public Uni<Void> abandon(ResponseId id, Question question, boolean cancelled, List<Progress.Settlement> settle) {
        Answered nothing = new Answered("", "", "", 0, 0, 0);
        return settle(id, question, cancelled ? "cancelled" : "failed", "", nothing, settle)
                .replaceWithVoid();
    }

    private Uni<Response> settle(
            ResponseId id,
            Question question,
            String outcome,
            String sealed,
            Answered answered,
            List<Progress.Settlement> settle) {
        Arguments arguments = Arguments.of(id.value(), question.tenant().value(), outcome, sealed)
                .and(config.responseRetention().toSeconds())
                .and(scope(question))
                .and(fingerprint(question))
                .and(answered.inputTokens())
                .and(answered.outputTokens())
                .and(answered.costMicros())
                .settlements(settle);
        return scripts.run(shards.of(id), Script.SETTLE, arguments.list());
    }

    @Override
    public Uni<AiResponse> find(TenantId tenant, ResponseId id) {
        if (!shards.knows(id.value())) {
            return Uni.createFrom().failure(unknown());
        }
        return scripts.command(Command.HGETALL, Key.RESPONSE.in(shards.of(id), id.value()))
                .map(reply -> {
                    Map<String, String> fields = Replies.hash(reply);
                    String sealed = fields.get("private");
                    String admitted = fields.get("admitted");
                    String took = fields.get("took");
                    if (sealed == null
                            || admitted == null
                            || took == null
                            || !tenant.value().equals(fields.get("tenant"))) {
                        throw unknown();
                    }
                    return response(
                            id, tenant, parse(envelope.open(Place.ofResponse(tenant, id), sealed)), admitted, took);
                });
    }

    private static AiResponse response(ResponseId id, TenantId tenant, JsonNode node, String admitted, String took) {
        return new AiResponse(
                id,
                tenant,
                new OwnerId(node.path("owner").asText()),
                new SessionId(node.path("session").asText()),
                node.path("prompt").asText(),
                node.path("text").asText(),
                node.path("model").asText(),
                node.path("tokens_in").asLong(),
                node.path("tokens_out").asLong(),
                node.path("cost").asLong(),
                Replies.instant(admitted),
                Replies.micros(took));
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored response is not JSON");
        }
    }

    private static String scope(Question question) {
        return question.idempotency().map(key -> key.scope()).orElse("");
    }

    private static String fingerprint(Question question) {
        return question.idempotency().map(key -> key.fingerprint()).orElse("");
    }

    private static StoreException unknown() {
        return new StoreException(Code.RESPONSE_NOT_FOUND, "there is no such response");
    }
}
