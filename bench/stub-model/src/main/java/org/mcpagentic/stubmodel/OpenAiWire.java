package org.mcpagentic.stubmodel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * OpenAI's chat completions, which many servers speak.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/chat">Chat completions</a>
 */
final class OpenAiWire implements Wire {
    private static final String BEARER = "Bearer ";
    private static final long CREATED = 1_700_000_000L;

    @Override
    public Provider provider() {
        return Provider.OPENAI;
    }

    @Override
    public String key(RecordedRequest request) {
        return Optional.ofNullable(request.headers().get("authorization"))
                .filter(header -> header.startsWith(BEARER))
                .map(header -> header.substring(BEARER.length()))
                .orElse("");
    }

    @Override
    public ModelRequest read(Target target, ObjectNode body) {
        return OpenAiRequests.read(body);
    }

    @Override
    public ErrorReply error(Refusal refusal, String model) {
        return OpenAiErrors.reply(refusal, model);
    }

    @Override
    public Rendered render(Answer answer, ModelRequest request, Target target, ObjectNode body) {
        if (answer.ending() == Ending.PROMPT_BLOCKED) {
            return new Rendered.Failed(OpenAiErrors.blockedPrompt());
        }
        OpenAiAnswer rendered = new OpenAiAnswer(answer, request, body);
        if (request.streamed()) {
            boolean usage = body.path("stream_options").path("include_usage").asBoolean(false);
            return new Rendered.Streamed(new OpenAiStream(rendered, usage));
        }
        return answer.failure()
                .<Rendered>map(refusal -> new Rendered.Failed(error(refusal, request.model())))
                .orElseGet(() -> new Rendered.Whole(rendered.whole(), rendered.chunks()));
    }

    @Override
    public JsonNode models(Iterable<String> names) {
        ObjectNode list = Json.object().put("object", "list");
        ArrayNode data = list.putArray("data");
        for (String name : names) {
            data.addObject()
                    .put("id", name)
                    .put("object", "model")
                    .put("created", CREATED)
                    .put("owned_by", "stub");
        }
        return list;
    }
}
