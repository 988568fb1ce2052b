package org.mcpagentic.agent.tool;

import org.mcpagentic.store.TenantId;

/**
 * On whose behalf a tool is called.
 *
 * @param tenant whose data the tool may touch
 * @param idempotencyKey stable for one journaled step, also when the call is repeated after a crash
 * @param threads those that the task's calls run on
 */
public record ToolContext(TenantId tenant, String idempotencyKey, CallThreads threads) {}
