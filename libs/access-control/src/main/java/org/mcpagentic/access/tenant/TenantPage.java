package org.mcpagentic.access.tenant;

import java.util.List;
import java.util.OptionalLong;

/**
 * Part of a list of tenants, newest first.
 *
 * @param next below which number the next page begins, nothing at the end
 */
public record TenantPage(List<Tenant> tenants, OptionalLong next) {

    public TenantPage {
        tenants = List.copyOf(tenants);
    }
}
