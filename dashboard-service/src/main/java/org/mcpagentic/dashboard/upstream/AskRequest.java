package org.mcpagentic.dashboard.upstream;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

/**
 * A question as the page's form sends it; public-mcp-service says what is wrong with it.
 *
 * @param query the question
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AskRequest(@Nullable String query) {
    /** What a request without a body asks. */
    public static final AskRequest EMPTY = new AskRequest(null);
}
