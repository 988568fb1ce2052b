package org.mcpagentic.dashboard.upstream;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

/**
 * A question as the page's form sends it; public-mcp-service says what is wrong with it.
 *
 * @param query the question
 * @param model name of the model to ask; the service's own choice where there is none
 */
@RegisterForReflection
public record AskRequest(@Nullable String query, @Nullable String model) {}
