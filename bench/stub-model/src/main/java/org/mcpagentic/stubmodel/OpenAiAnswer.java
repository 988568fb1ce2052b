package org.mcpagentic.stubmodel;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** One answer as {@code chat.completion} or as the chunks of one. */
final class OpenAiAnswer {
    private static final long CREATED = 1_700_000_000L;
    private static final int ARGUMENT_PIECES = 3;

    private final Answer answer;
    private final ModelRequest request;
    private final Pieces pieces;
    private final Usage usage;
    private final String id;

    OpenAiAnswer(Answer answer, ModelRequest request, ObjectNode body) {
        this.answer = answer;
        this.request = request;
        this.pieces = new Pieces(answer.content(), answer.pace().chunks());
        this.usage = answer.usage().orElseGet(() -> UsageEstimate.of(body, answer.content()));
        this.id = Ids.of("chatcmpl", request, 0);
    }

    int chunks() {
        return hasChoice() ? pieces.count() : 0;
    }

    boolean hasChoice() {
        return answer.ending() == Ending.CANDIDATE;
    }

    ObjectNode whole() {
        ObjectNode completion = envelope("chat.completion");
        ArrayNode choices = completion.putArray("choices");
        if (hasChoice()) {
            ObjectNode choice = choices.addObject().put("index", 0);
            choice.set("message", message());
            choice.putNull("logprobs");
            choice.put("finish_reason", finish());
        }
        completion.set("usage", usage());
        return completion;
    }

    ObjectNode opening() {
        return chunk(Json.object().put("role", "assistant").put("content", ""));
    }

    /** The chunks of one piece: a call comes as its name and then its arguments bit by bit. */
    List<ObjectNode> chunks(int index) {
        return switch (pieces.piece(index)) {
            case Piece.Thought thought -> List.of(chunk(Json.object().put("reasoning_content", thought.text())));
            case Piece.Text text -> List.of(chunk(Json.object().put("content", text.text())));
            case Piece.Calling calling -> calling(calling);
        };
    }

    ObjectNode finishing() {
        ObjectNode last = chunk(Json.object());
        ((ObjectNode) last.path("choices").path(0)).put("finish_reason", finish());
        return last;
    }

    /** The chunk after the last, without a choice. */
    ObjectNode usageChunk() {
        ObjectNode chunk = envelope("chat.completion.chunk");
        chunk.putArray("choices");
        chunk.set("usage", usage());
        return chunk;
    }

    ErrorReply error(Refusal refusal) {
        return OpenAiErrors.reply(refusal, request.model());
    }

    private List<ObjectNode> calling(Piece.Calling calling) {
        List<ObjectNode> chunks = new ArrayList<>();
        String arguments = calling.call().arguments();
        ObjectNode first = Json.object().put("index", calling.index()).put("id", callId(calling.index()));
        first.put("type", "function")
                .putObject("function")
                .put("name", calling.call().name())
                .put("arguments", "");
        chunks.add(toolCall(first));
        int begin = 0;
        for (int end : Cuts.equal(arguments, ARGUMENT_PIECES)) {
            ObjectNode more = Json.object().put("index", calling.index());
            more.putObject("function").put("arguments", arguments.substring(begin, end));
            chunks.add(toolCall(more));
            begin = end;
        }
        return chunks;
    }

    private ObjectNode toolCall(ObjectNode call) {
        ObjectNode delta = Json.object();
        delta.putArray("tool_calls").add(call);
        return chunk(delta);
    }

    private ObjectNode chunk(ObjectNode delta) {
        ObjectNode chunk = envelope("chat.completion.chunk");
        ObjectNode choice = chunk.putArray("choices").addObject().put("index", 0);
        choice.set("delta", delta);
        choice.putNull("logprobs").putNull("finish_reason");
        return chunk;
    }

    private ObjectNode envelope(String object) {
        return Json.object()
                .put("id", id)
                .put("object", object)
                .put("created", CREATED)
                .put("model", request.model())
                .put("system_fingerprint", "fp_stub");
    }

    private ObjectNode message() {
        Content content = answer.content();
        ObjectNode message = Json.object().put("role", "assistant");
        if (content.text().isEmpty() && !content.calls().isEmpty()) {
            message.putNull("content");
        } else {
            message.put("content", content.text());
        }
        if (!content.thinking().isEmpty()) {
            message.put("reasoning_content", content.thinking());
        }
        if (!content.calls().isEmpty()) {
            ArrayNode calls = message.putArray("tool_calls");
            for (int i = 0; i < content.calls().size(); i++) {
                Call call = content.calls().get(i);
                calls.addObject()
                        .put("id", callId(i))
                        .put("type", "function")
                        .putObject("function")
                        .put("name", call.name())
                        .put("arguments", call.arguments());
            }
        }
        return message.putNull("refusal");
    }

    private String callId(int index) {
        return Ids.of("call", request, index);
    }

    private String finish() {
        return answer.finish()
                .map(FinishReasons::openAi)
                .orElse(answer.content().calls().isEmpty() ? "stop" : "tool_calls");
    }

    private ObjectNode usage() {
        ObjectNode used = Json.object()
                .put("prompt_tokens", usage.input())
                .put("completion_tokens", usage.output() + usage.thoughts())
                .put("total_tokens", usage.total());
        used.putObject("prompt_tokens_details").put("cached_tokens", usage.cached());
        used.putObject("completion_tokens_details").put("reasoning_tokens", usage.thoughts());
        return used;
    }
}
