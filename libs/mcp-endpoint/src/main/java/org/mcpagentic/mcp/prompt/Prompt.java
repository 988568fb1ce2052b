package org.mcpagentic.mcp.prompt;

import io.smallrye.mutiny.Uni;
import org.mcpagentic.mcp.Completion;
import org.mcpagentic.mcp.CompletionRequest;

/** A prompt that is offered. */
public interface Prompt {

    PromptDefinition definition();

    Uni<PromptOutcome> get(PromptRequest request);

    /** How one of its arguments may go on. */
    default Uni<Completion> complete(CompletionRequest request) {
        return Uni.createFrom().item(Completion.NONE);
    }
}
