package org.mcpagentic.custommcp.remote.registry;

import java.util.Optional;
import java.util.regex.Pattern;
import org.mcpagentic.store.TenantId;

/**
 * An external server.
 *
 * @param tenant whose administrator added it; nothing where the configuration names it
 * @param name 1 to 24 characters of {@code a-z 0-9 _ -}, unique within the tenant; its tools' names begin with it
 */
public record ServerId(Optional<TenantId> tenant, String name) {

    /** What a name is, for messages. */
    public static final String NAME = "1 to 24 characters of a-z, 0-9, _ and -, the first a letter or digit";

    private static final Pattern VALID = Pattern.compile("[a-z0-9][a-z0-9_-]{0,23}");
    private static final String CONFIGURATION = "*";

    public ServerId {
        if (!isName(name)) {
            throw new IllegalArgumentException("the name of an external server is " + NAME);
        }
    }

    public static boolean isName(String text) {
        return VALID.matcher(text).matches();
    }

    /** What {@link #toString()} wrote. */
    public static ServerId of(String text) {
        int slash = text.indexOf('/');
        String tenant = text.substring(0, slash);
        return new ServerId(
                tenant.equals(CONFIGURATION) ? Optional.empty() : Optional.of(new TenantId(tenant)),
                text.substring(slash + 1));
    }

    /** Tenant and name with a slash between them; an asterisk where the configuration names it. */
    @Override
    public String toString() {
        return tenant.map(TenantId::value).orElse(CONFIGURATION) + "/" + name;
    }
}
