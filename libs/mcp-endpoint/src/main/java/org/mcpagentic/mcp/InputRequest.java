package org.mcpagentic.mcp;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Something that only the client can say.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/draft/basic/patterns/mrtr">Multi round-trip requests</a>
 */
public sealed interface InputRequest {

    /** The protocol's name of what is asked. */
    String method();

    /** The parameters as the client gets them. */
    ObjectNode params();

    /** Whether a client that can do this much can answer. */
    boolean isAnsweredBy(ClientCapabilities client);

    /** The capability that an answer takes, in the form of the client's own declaration. */
    ObjectNode neededCapability();

    /**
     * A form for a person.
     *
     * @param requestedSchema of a flat object
     */
    record Form(String message, ObjectNode requestedSchema) implements InputRequest {

        public Form {
            requestedSchema = requestedSchema.deepCopy();
        }

        @Override
        public String method() {
            return "elicitation/create";
        }

        @Override
        public ObjectNode params() {
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("mode", "form")
                    .put("message", message)
                    .set("requestedSchema", requestedSchema.deepCopy());
        }

        @Override
        public boolean isAnsweredBy(ClientCapabilities client) {
            return client.elicitsForms();
        }

        @Override
        public ObjectNode neededCapability() {
            return capability("elicitation", "form");
        }
    }

    /**
     * An address for a person to go to.
     *
     * @param elicitationId by which its end is told
     */
    record Visit(String message, String url, String elicitationId) implements InputRequest {

        @Override
        public String method() {
            return "elicitation/create";
        }

        @Override
        public ObjectNode params() {
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("mode", "url")
                    .put("message", message)
                    .put("url", url)
                    .put("elicitationId", elicitationId);
        }

        @Override
        public boolean isAnsweredBy(ClientCapabilities client) {
            return client.elicitsByUrl();
        }

        @Override
        public ObjectNode neededCapability() {
            return capability("elicitation", "url");
        }
    }

    /**
     * A question to the client's model.
     *
     * @param params of {@code sampling/createMessage}: messages, maxTokens and what else there is
     */
    record Sample(ObjectNode params) implements InputRequest {

        public Sample {
            params = params.deepCopy();
        }

        @Override
        public String method() {
            return "sampling/createMessage";
        }

        @Override
        public boolean isAnsweredBy(ClientCapabilities client) {
            return client.samples();
        }

        @Override
        public ObjectNode neededCapability() {
            return capability("sampling");
        }
    }

    /** The roots that the client works in. */
    record Roots() implements InputRequest {

        @Override
        public String method() {
            return "roots/list";
        }

        @Override
        public ObjectNode params() {
            return JsonNodeFactory.instance.objectNode();
        }

        @Override
        public boolean isAnsweredBy(ClientCapabilities client) {
            return client.listsRoots();
        }

        @Override
        public ObjectNode neededCapability() {
            return capability("roots");
        }
    }

    /** A capability as clients declare it: objects within each other, by these names. */
    private static ObjectNode capability(String... names) {
        ObjectNode needed = JsonNodeFactory.instance.objectNode();
        ObjectNode innermost = needed;
        for (String name : names) {
            innermost = innermost.putObject(name);
        }
        return needed;
    }
}
