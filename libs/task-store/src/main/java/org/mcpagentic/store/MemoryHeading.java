package org.mcpagentic.store;

import java.time.Instant;
import java.util.Optional;

/**
 * What is known of something remembered beside its value.
 *
 * @param bytes of key and value in UTF-8
 * @param updatedAt when the value was last changed; {@code createdAt} where it never was
 */
public record MemoryHeading(
        MemoryKey key, int bytes, Instant createdAt, Instant updatedAt, Optional<Instant> expiresAt) {}
