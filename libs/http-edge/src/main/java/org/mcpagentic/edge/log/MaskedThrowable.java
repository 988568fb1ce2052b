package org.mcpagentic.edge.log;

import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mcpagentic.access.mask.SecretMask;

/** Stands in the log for an exception whose message, or a cause's, held a secret: says the same, masked. */
final class MaskedThrowable extends Throwable {

    private static final int DEEPEST = 64;

    private final String said;

    private MaskedThrowable(String said, @Nullable String message, @Nullable Throwable cause) {
        super(message, cause, true, true);
        this.said = said;
    }

    /** The exception itself where it and all that it carries hold no secret. */
    static Throwable of(Throwable thrown, SecretMask mask) {
        return holdsSecret(thrown, mask, new IdentityHashMap<>()) ? copy(thrown, mask, 0) : thrown;
    }

    private static boolean holdsSecret(Throwable thrown, SecretMask mask, Map<Throwable, Boolean> seen) {
        if (seen.put(thrown, true) != null) {
            return false;
        }
        String said = String.valueOf(thrown);
        String message = String.valueOf(thrown.getMessage());
        boolean itself = !mask.mask(said).equals(said) || !mask.mask(message).equals(message);
        if (itself || (thrown.getCause() != null && holdsSecret(thrown.getCause(), mask, seen))) {
            return true;
        }
        for (Throwable suppressed : thrown.getSuppressed()) {
            if (holdsSecret(suppressed, mask, seen)) {
                return true;
            }
        }
        return false;
    }

    private static Throwable copy(Throwable thrown, SecretMask mask, int depth) {
        Throwable cause = thrown.getCause();
        boolean goesOn = depth < DEEPEST;
        String message = thrown.getMessage();
        MaskedThrowable copy = new MaskedThrowable(
                mask.mask(String.valueOf(thrown)),
                message == null ? null : mask.mask(message),
                cause == null || !goesOn ? null : copy(cause, mask, depth + 1));
        copy.setStackTrace(thrown.getStackTrace());
        for (Throwable suppressed : goesOn ? thrown.getSuppressed() : new Throwable[0]) {
            copy.addSuppressed(copy(suppressed, mask, depth + 1));
        }
        return copy;
    }

    @Override
    @SuppressWarnings("OverrideThrowableToString") // why: it speaks under the other one's class name
    public String toString() {
        return said;
    }
}
