package org.mcpagentic.stubmodel;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** One answer as {@code GenerateContentResponse}, whole or in parts. */
final class GeminiAnswer {
    private static final String BROKEN_CALL = "MALFORMED_FUNCTION_CALL";

    private final Answer answer;
    private final ModelRequest request;
    private final GeminiSignatures signatures;
    private final boolean givingCallIds;
    private final Pieces pieces;
    private final Usage usage;
    private final String responseId;
    private final String finish;

    GeminiAnswer(
            Answer answer, ModelRequest request, GeminiSignatures signatures, boolean givingCallIds, ObjectNode body) {
        this.answer = answer.content().hasBrokenCall() ? answer.calls() : answer;
        this.request = request;
        this.signatures = signatures;
        this.givingCallIds = givingCallIds;
        this.pieces = new Pieces(this.answer.content(), answer.pace().chunks());
        this.usage = answer.usage().orElseGet(() -> UsageEstimate.of(body, answer.content()));
        this.responseId = Ids.of("stub", request, 0);
        this.finish = answer.content().hasBrokenCall()
                ? BROKEN_CALL
                : answer.finish().map(FinishReasons::gemini).orElse("STOP");
    }

    int chunks() {
        return answer.ending() == Ending.CANDIDATE ? pieces.count() : 0;
    }

    /** Whether something comes after the last chunk: the end of an answer that has none, or a text's signature. */
    boolean hasClosing() {
        return chunks() == 0 || !textSignature().isEmpty();
    }

    ObjectNode chunk(int index) {
        boolean last = index == chunks() - 1 && !hasClosing();
        ArrayNode parts = Json.array();
        parts.add(part(pieces.piece(index)));
        return response(Optional.of(parts), last, soFar(index + 1));
    }

    ObjectNode closing() {
        ArrayNode parts = Json.array();
        if (!textSignature().isEmpty()) {
            parts.addObject().put("text", "").put("thoughtSignature", textSignature());
        }
        return ending(parts);
    }

    ErrorReply error(Refusal refusal) {
        return GeminiErrors.reply(refusal, request.model());
    }

    ObjectNode whole() {
        ArrayNode parts = Json.array();
        Content content = answer.content();
        if (!content.thinking().isEmpty()) {
            parts.add(part(new Piece.Thought(content.thinking())));
        }
        if (!content.text().isEmpty()) {
            ObjectNode part = part(new Piece.Text(content.text()));
            if (!textSignature().isEmpty()) {
                part.put("thoughtSignature", textSignature());
            }
            parts.add(part);
        }
        List<Call> calls = content.calls();
        for (int i = 0; i < calls.size(); i++) {
            parts.add(part(new Piece.Calling(i, calls.get(i))));
        }
        return ending(parts);
    }

    private ObjectNode ending(ArrayNode parts) {
        return switch (answer.ending()) {
            case CANDIDATE -> response(Optional.of(parts), true, usage);
            case NO_CANDIDATE -> response(Optional.empty(), true, soFar(0));
            case PROMPT_BLOCKED -> {
                ObjectNode response = Json.object();
                response.putObject("promptFeedback").put("blockReason", "PROHIBITED_CONTENT");
                yield response.setAll(response(Optional.empty(), true, soFar(0)));
            }
        };
    }

    private ObjectNode response(Optional<ArrayNode> parts, boolean last, Usage used) {
        ObjectNode response = Json.object();
        parts.ifPresent(some -> response.putArray("candidates").add(candidate(some, last)));
        response.set("usageMetadata", usageMetadata(used));
        return response.put("modelVersion", request.model()).put("responseId", responseId);
    }

    private ObjectNode candidate(ArrayNode parts, boolean last) {
        ObjectNode candidate = Json.object();
        ObjectNode content = candidate.putObject("content");
        if (!parts.isEmpty()) {
            content.set("parts", parts);
        }
        content.put("role", "model");
        if (last) {
            candidate.put("finishReason", finish);
            if (finish.equals(BROKEN_CALL)) {
                candidate.put("finishMessage", "Malformed function call: the model wrote what is no call.");
            }
            if (finish.equals("SAFETY")) {
                candidate
                        .putArray("safetyRatings")
                        .addObject()
                        .put("category", "HARM_CATEGORY_DANGEROUS_CONTENT")
                        .put("probability", "HIGH")
                        .put("blocked", true);
            }
        }
        return candidate.put("index", 0);
    }

    private ObjectNode part(Piece piece) {
        ObjectNode part = Json.object();
        switch (piece) {
            case Piece.Thought thought -> part.put("text", thought.text()).put("thought", true);
            case Piece.Text text -> part.put("text", text.text());
            case Piece.Calling calling -> {
                ObjectNode call = part.putObject("functionCall");
                if (givingCallIds) {
                    call.put("id", Ids.of("call", request, calling.index()));
                }
                call.put("name", calling.call().name());
                calling.call().parsed().ifPresent(arguments -> call.set("args", arguments));
                // why: of calls made in parallel, Google signs the first
                String signature = calling.index() == 0
                        ? signatures.issue(
                                answer.content().signing(), calling.call().name())
                        : "";
                if (!signature.isEmpty()) {
                    part.put("thoughtSignature", signature);
                }
            }
        }
        return part;
    }

    private String textSignature() {
        Content content = answer.content();
        if (content.text().isEmpty() || !content.calls().isEmpty()) {
            return "";
        }
        return switch (content.signing()) {
            case Signing.Own own -> content.thinking().isEmpty() ? "" : signatures.issue(own, "text");
            case Signing.Given given -> given.signature();
            case Signing.None none -> "";
        };
    }

    /** Google counts up: each chunk tells what was used until then. */
    private Usage soFar(int sent) {
        int all = Math.max(1, pieces.count());
        int thoughts = sent == 0 ? 0 : usage.thoughts();
        return new Usage(usage.input(), usage.cached(), (int) ((long) usage.output() * sent / all), thoughts);
    }

    private static ObjectNode usageMetadata(Usage used) {
        ObjectNode metadata = Json.object();
        metadata.put("promptTokenCount", used.input());
        // why: proto JSON leaves zeros out
        if (used.cached() > 0) {
            metadata.put("cachedContentTokenCount", used.cached());
        }
        if (used.output() > 0) {
            metadata.put("candidatesTokenCount", used.output());
        }
        if (used.thoughts() > 0) {
            metadata.put("thoughtsTokenCount", used.thoughts());
        }
        metadata.put("totalTokenCount", used.total());
        metadata.putArray("promptTokensDetails")
                .addObject()
                .put("modality", "TEXT")
                .put("tokenCount", used.input());
        return metadata;
    }
}
