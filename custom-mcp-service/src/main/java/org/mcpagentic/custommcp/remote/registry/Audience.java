package org.mcpagentic.custommcp.remote.registry;

import java.util.SortedSet;
import java.util.TreeSet;
import org.mcpagentic.store.TenantId;

/**
 * Whose tasks may use a server's tools.
 *
 * @param names tenants; an asterisk among them is all
 */
public record Audience(SortedSet<String> names) {

    private static final String ALL = "*";

    /** @throws IllegalArgumentException where one is neither an asterisk nor the name of a tenant */
    public Audience {
        names = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(names));
        names.stream().filter(name -> !name.equals(ALL)).forEach(TenantId::new);
    }

    public boolean includes(TenantId tenant) {
        return names.contains(ALL) || names.contains(tenant.value());
    }
}
