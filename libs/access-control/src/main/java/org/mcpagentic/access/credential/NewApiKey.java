package org.mcpagentic.access.credential;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.mcpagentic.access.Limits;
import org.mcpagentic.access.Rights;
import org.mcpagentic.store.OwnerId;
import org.mcpagentic.store.TenantId;

/**
 * A key that somebody wants.
 *
 * @param name for people: 1 to 100 printable characters, not only blanks
 * @param expiresAt when it ends by itself, if ever
 * @param createdBy who wants it
 */
public record NewApiKey(
        TenantId tenant, String name, Rights rights, Limits limits, Optional<Instant> expiresAt, OwnerId createdBy) {

    /** What a name is; neither control characters nor ends of lines. */
    public static final String NAME = "(?=.*\\S)[\\P{C}&&[^\\p{Zl}\\p{Zp}]]{1,100}";

    private static final Pattern VALID = Pattern.compile(NAME);

    public NewApiKey {
        checkName(name);
    }

    static void checkName(String name) {
        if (!VALID.matcher(name).matches()) {
            throw new IllegalArgumentException("a key's name is 1 to 100 printable characters");
        }
    }
}
