package org.mcpagentic.access.tenant;

import java.time.Instant;
import org.mcpagentic.store.TenantId;

/** One that keys can be made for. */
public record Tenant(TenantId id, Instant createdAt) {}
