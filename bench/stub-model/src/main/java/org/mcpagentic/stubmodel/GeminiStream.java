package org.mcpagentic.stubmodel;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.buffer.Buffer;

/** Chunks as server-sent events ({@code alt=sse}) or, as Google does without, as the elements of one JSON array. */
final class GeminiStream implements Stream {
    private final GeminiAnswer answer;
    private final boolean events;
    private boolean begun;

    GeminiStream(GeminiAnswer answer, boolean events) {
        this.answer = answer;
        this.events = events;
    }

    @Override
    public String contentType() {
        return events ? "text/event-stream" : "application/json; charset=UTF-8";
    }

    @Override
    public int chunks() {
        return answer.chunks();
    }

    @Override
    public Buffer chunk(int index) {
        return framed(Json.bytes(answer.chunk(index)));
    }

    @Override
    public Buffer closing() {
        Buffer closing = answer.hasClosing() ? framed(Json.bytes(answer.closing())) : Buffer.buffer();
        return events ? closing : closing.appendString("]\n");
    }

    @Override
    public Buffer malformed() {
        return framed(Buffer.buffer("{\"candidates\": [{\"content\": {\"parts\": [{\"te"));
    }

    @Override
    public Buffer failure(Fault.Failure failure) {
        JsonNode error = answer.error(failure.refusal()).body();
        return failure.bare() ? Buffer.buffer(error.toPrettyString() + "\n") : framed(Json.bytes(error));
    }

    private Buffer framed(Buffer json) {
        if (events) {
            return Buffer.buffer("data: ").appendBuffer(json).appendString("\r\n\r\n");
        }
        Buffer element = Buffer.buffer(begun ? "," : "[").appendBuffer(json).appendString("\r\n");
        begun = true;
        return element;
    }
}
