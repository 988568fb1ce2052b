package org.mcpagentic.custommcp.remote.client;

/** Why a server did not do what it was asked to. */
public final class RemoteException extends Exception {

    /** Whose fault it is. */
    public enum Kind {
        /** It cannot be reached, breaks off, or takes too long. */
        UNREACHABLE,
        /** What it sends is not the protocol, or is too large. */
        UNUSABLE,
        /** It does not accept our credential, or wants one. */
        UNAUTHORIZED,
        /** It may not be asked: where it leads is not allowed. */
        FORBIDDEN,
        /** It understood the request and refuses it. */
        REFUSED
    }

    private final Kind kind;

    /** @param message for a model and for an administrator; short, without control characters */
    RemoteException(Kind kind, String message) {
        super(message, null, false, false);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** Whether it says something of the server's health. */
    public boolean isTrouble() {
        return switch (kind) {
            case UNREACHABLE, UNUSABLE, UNAUTHORIZED -> true;
            case FORBIDDEN, REFUSED -> false;
        };
    }

    /** The message; there always is one. */
    public String text() {
        return String.valueOf(getMessage());
    }
}
