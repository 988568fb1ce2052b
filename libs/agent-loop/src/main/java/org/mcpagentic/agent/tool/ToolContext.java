package org.mcpagentic.agent.tool;

import org.mcpagentic.store.TenantId;

/**
 * On whose behalf a tool is called.
 *
 * @param tenant whose data the tool may touch
 * @param idempotencyKey stable for one journaled step, also when the call is repeated after a crash
 */
public record ToolContext(TenantId tenant, String idempotencyKey) {}
