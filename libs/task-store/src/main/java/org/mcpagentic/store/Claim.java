package org.mcpagentic.store;

/**
 * A worker's right to write to a task. Another claim makes it stale, and what a stale claim writes is refused.
 *
 * @param tenant whose task it is
 * @param attempt counts from 1
 * @param token random, compared for equality on every write
 */
public record Claim(TaskId task, TenantId tenant, int attempt, String token) {

    public Claim {
        if (token.isEmpty()) {
            throw new IllegalArgumentException("a claim's token is not empty");
        }
    }
}
