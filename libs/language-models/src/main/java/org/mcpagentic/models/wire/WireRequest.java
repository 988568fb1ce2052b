package org.mcpagentic.models.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.util.Map;

/**
 * A JSON document to be posted.
 *
 * @param model the name of the model that is asked, for what is said about failures
 * @param address http or https, with a host
 * @param headers beside those of the content; may hold a key, never shown
 * @param body UTF-8; never shown
 */
public record WireRequest(String model, URI address, Map<String, String> headers, Buffer body) {

    public WireRequest {
        if (address.getHost() == null || !("http".equals(address.getScheme()) || "https".equals(address.getScheme()))) {
            throw new IllegalArgumentException("a model server's address is http or https, with a host");
        }
        headers = Map.copyOf(headers);
    }

    public static WireRequest of(String model, URI address, Map<String, String> headers, ObjectNode body) {
        // why by way of a string: half a surrogate pair, which a tool may return, becomes a question mark, not a
        // failure
        return new WireRequest(model, address, headers, Buffer.buffer(body.toString()));
    }

    @Override
    public String toString() {
        return "WireRequest[model=" + model + ", host=" + address.getHost() + "]";
    }
}
