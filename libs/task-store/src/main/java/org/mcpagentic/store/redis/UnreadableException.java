package org.mcpagentic.store.redis;

/** Something that is stored cannot be opened: its key is not there, or it is not what was sealed for its place. */
final class UnreadableException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    /** @param message without anything of the payload or of a key; a key's id is no secret */
    UnreadableException(String message) {
        super(message);
    }
}
