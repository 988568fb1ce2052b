package org.mcpagentic.stubmodel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * Google's Gemini API, v1beta.
 *
 * @see <a href="https://ai.google.dev/api/generate-content">Generating content</a>
 */
final class GeminiWire implements Wire {
    private final GeminiSignatures signatures;
    private final GeminiRequests requests;
    private final boolean givingCallIds;

    GeminiWire(GeminiSignatures signatures, boolean requiringSignatures, boolean givingCallIds) {
        this.signatures = signatures;
        this.givingCallIds = givingCallIds;
        this.requests = new GeminiRequests(signatures, requiringSignatures);
    }

    @Override
    public Provider provider() {
        return Provider.GEMINI;
    }

    @Override
    public String key(RecordedRequest request) {
        return Optional.ofNullable(request.headers().get("x-goog-api-key"))
                .or(() -> Optional.ofNullable(request.query().get("key")))
                .orElse("");
    }

    @Override
    public ModelRequest read(Target target, ObjectNode body) {
        return requests.read(target, body);
    }

    @Override
    public ErrorReply error(Refusal refusal, String model) {
        return GeminiErrors.reply(refusal, model);
    }

    @Override
    public Rendered render(Answer answer, ModelRequest request, Target target, ObjectNode body) {
        GeminiAnswer rendered = new GeminiAnswer(answer, request, signatures, givingCallIds, body);
        if (request.streamed()) {
            return new Rendered.Streamed(new GeminiStream(rendered, target.events()));
        }
        return answer.failure()
                .<Rendered>map(refusal -> new Rendered.Failed(rendered.error(refusal)))
                .orElseGet(() -> new Rendered.Whole(rendered.whole(), rendered.chunks()));
    }

    @Override
    public JsonNode models(Iterable<String> names) {
        ObjectNode list = Json.object();
        ArrayNode models = list.putArray("models");
        for (String name : names) {
            ObjectNode model = models.addObject()
                    .put("name", "models/" + name)
                    .put("version", "001")
                    .put("displayName", name)
                    .put("inputTokenLimit", 1_048_576)
                    .put("outputTokenLimit", 65_536);
            model.putArray("supportedGenerationMethods").add("generateContent").add("countTokens");
        }
        return list;
    }
}
