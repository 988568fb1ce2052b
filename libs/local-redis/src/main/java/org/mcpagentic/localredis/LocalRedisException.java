package org.mcpagentic.localredis;

/** A local Redis could not be started or did not answer; the message says what to do about it. */
public final class LocalRedisException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why, for callers that know which of their settings changes it. */
    public enum Reason {
        /** No binary for this operating system, and no {@code redis-server} on the PATH. */
        NO_BINARY,
        /** Another process uses the data folder. */
        FOLDER_IN_USE,
        /** Another process listens on the port that was asked for. */
        PORT_IN_USE,
        /** Redis ended or stayed silent; the message carries its last words. */
        NOT_STARTED,
        /** A command was answered by an error, or not at all. */
        COMMAND_FAILED
    }

    private final Reason reason;

    LocalRedisException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    LocalRedisException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
