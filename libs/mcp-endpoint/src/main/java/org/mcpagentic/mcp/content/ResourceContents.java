package org.mcpagentic.mcp.content;

import java.util.Optional;

/** What a resource holds. */
public sealed interface ResourceContents {

    String uri();

    Optional<String> mimeType();

    /** Text. */
    record Text(String uri, Optional<String> mimeType, String text) implements ResourceContents {}

    /**
     * Bytes.
     *
     * @param base64 of them
     */
    record Blob(String uri, Optional<String> mimeType, String base64) implements ResourceContents {}
}
