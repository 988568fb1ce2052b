package org.mcpagentic.mcp.prompt;

import java.util.List;
import java.util.Optional;
import org.mcpagentic.access.Scope;
import org.mcpagentic.mcp.Icon;

/**
 * A prompt as clients see it.
 *
 * @param scope what getting it takes
 */
public record PromptDefinition(
        String name,
        String title,
        String description,
        List<PromptArgument> arguments,
        List<Icon> icons,
        Optional<Scope> scope) {

    public PromptDefinition {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a prompt has a name");
        }
        arguments = List.copyOf(arguments);
        icons = List.copyOf(icons);
    }
}
