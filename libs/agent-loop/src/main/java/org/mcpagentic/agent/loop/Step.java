package org.mcpagentic.agent.loop;

import java.time.Instant;
import java.util.Optional;

/**
 * A journaled step.
 *
 * @param number counts from 1
 * @param attempt the attempt that last intended it
 * @param outcome nothing while it is under way, or where its worker died in between
 */
public record Step(
        int number,
        int attempt,
        StepIntent intent,
        Instant startedAt,
        Optional<StepOutcome> outcome,
        Optional<Instant> finishedAt) {}
