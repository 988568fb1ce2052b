package org.mcpagentic.dashboard.upstream;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

/**
 * How the page wants an ended task run again.
 *
 * @param fromStep the first step to be taken anew; all where there is none
 */
@RegisterForReflection
public record RetryRequest(@Nullable Integer fromStep) {}
