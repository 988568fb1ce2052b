package org.mcpagentic.stubmodel;

import io.vertx.core.buffer.Buffer;

/** An answer as a provider streams it. Each part is made when it is sent. */
interface Stream {
    String contentType();

    /** The number of chunks that carry content. */
    int chunks();

    /** @param index 0 to {@link #chunks()} - 1, asked for in order */
    Buffer chunk(int index);

    /** What comes after the last chunk; may be empty. */
    Buffer closing();

    /** An event that is no JSON. */
    Buffer malformed();

    Buffer failure(Fault.Failure failure);
}
