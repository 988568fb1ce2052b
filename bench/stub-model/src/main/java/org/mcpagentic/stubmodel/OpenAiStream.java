package org.mcpagentic.stubmodel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;

/** Chunks as server-sent events, ended by {@code [DONE]}. */
final class OpenAiStream implements Stream {
    private final OpenAiAnswer answer;
    private final boolean includingUsage;

    OpenAiStream(OpenAiAnswer answer, boolean includingUsage) {
        this.answer = answer;
        this.includingUsage = includingUsage;
    }

    @Override
    public String contentType() {
        return "text/event-stream; charset=utf-8";
    }

    @Override
    public int chunks() {
        return answer.chunks();
    }

    @Override
    public Buffer chunk(int index) {
        Buffer events = Buffer.buffer();
        if (index == 0) {
            append(events, answer.opening());
        }
        answer.chunks(index).forEach(chunk -> append(events, chunk));
        return events;
    }

    @Override
    public Buffer closing() {
        Buffer events = Buffer.buffer();
        if (answer.hasChoice()) {
            append(events, answer.finishing());
        }
        if (includingUsage) {
            append(events, answer.usageChunk());
        }
        return events.appendString("data: [DONE]\n\n");
    }

    @Override
    public Buffer malformed() {
        return Buffer.buffer("data: {\"choices\": [{\"delta\": {\"conte\n\n");
    }

    @Override
    public Buffer failure(Fault.Failure failure) {
        Buffer events = Buffer.buffer();
        append(events, (ObjectNode) answer.error(failure.refusal()).body());
        return events;
    }

    private void append(Buffer events, ObjectNode chunk) {
        if (includingUsage && chunk.has("choices") && !chunk.has("usage")) {
            // why: with the usage asked for, OpenAI has the field in all chunks
            chunk.putNull("usage");
        }
        events.appendString("data: ").appendBuffer(Json.bytes(chunk)).appendString("\n\n");
    }
}
