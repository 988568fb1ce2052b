package org.mcpagentic.store;

import java.time.Duration;
import java.time.Instant;

/**
 * A model's answer to a direct question, as it is kept.
 *
 * @param responseTime from admission to settlement, on Redis' clock
 */
public record AiResponse(
        ResponseId id,
        TenantId tenant,
        OwnerId owner,
        SessionId session,
        String prompt,
        String text,
        String model,
        long inputTokens,
        long outputTokens,
        long costMicros,
        Instant createdAt,
        Duration responseTime) {}
