package org.mcpagentic.mcp.prompt;

import java.util.List;
import java.util.Optional;
import org.mcpagentic.mcp.NeededInput;

/** How a prompt is answered. */
public sealed interface PromptOutcome {

    /** With its messages. */
    record Messages(Optional<String> description, List<PromptMessage> messages) implements PromptOutcome {

        public Messages {
            messages = List.copyOf(messages);
        }
    }

    /** With a question; the prompt is asked for again with the answers. */
    record InputRequired(NeededInput needed) implements PromptOutcome {}
}
