package org.mcpagentic.mcp.content;

import java.util.Optional;

/** One piece of an answer. */
public sealed interface Content {

    /** Words. */
    record Text(String text) implements Content {}

    /**
     * A picture.
     *
     * @param base64 of its bytes
     */
    record Image(String base64, String mimeType) implements Content {}

    /**
     * A sound.
     *
     * @param base64 of its bytes
     */
    record Audio(String base64, String mimeType) implements Content {}

    /** A resource, as a whole. */
    record Embedded(ResourceContents resource) implements Content {}

    /** Where a resource is. */
    record Link(String uri, String name, Optional<String> description, Optional<String> mimeType) implements Content {}
}
