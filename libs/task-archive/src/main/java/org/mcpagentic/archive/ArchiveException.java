package org.mcpagentic.archive;

import org.jspecify.annotations.Nullable;

/** The archive cannot be written or read. The message is for an operator and holds no secret. */
public final class ArchiveException extends RuntimeException {

    public ArchiveException(String message) {
        super(message);
    }

    public ArchiveException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
