package org.mcpagentic.stubmodel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** How one provider reads requests and writes replies. Stateless but for what {@link GeminiSignatures} remembers. */
sealed interface Wire permits GeminiWire, OpenAiWire {
    Provider provider();

    /** The key that came along, empty if none. */
    String key(RecordedRequest request);

    /**
     * Understands a request.
     *
     * @throws RefusedRequest if the provider would refuse it
     */
    ModelRequest read(Target target, ObjectNode body);

    ErrorReply error(Refusal refusal, String model);

    /** An answer as it goes out; an error where the provider gives one in its place. */
    Rendered render(Answer answer, ModelRequest request, Target target, ObjectNode body);

    /** The list of these models. */
    JsonNode models(Iterable<String> names);

    /** Either an error or an answer, in one piece or as a stream. */
    sealed interface Rendered {
        record Failed(ErrorReply error) implements Rendered {}

        /** @param chunks in how many it would have come as a stream */
        record Whole(JsonNode body, int chunks) implements Rendered {}

        record Streamed(Stream stream) implements Rendered {}
    }

    /**
     * What the request line asks for.
     *
     * @param model the model that the path names; empty where the body names it
     * @param streamed whether the path asks for a stream
     * @param events whether a stream is one of server-sent events
     */
    record Target(String model, boolean streamed, boolean events) {}
}
