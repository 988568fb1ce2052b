package org.mcpagentic.dashboard.upstream;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

/**
 * A question as the page's form sends it; public-mcp-service says what is wrong with it.
 *
 * @param query the question
 */
@RegisterForReflection
public record AskRequest(@Nullable String query) {}
