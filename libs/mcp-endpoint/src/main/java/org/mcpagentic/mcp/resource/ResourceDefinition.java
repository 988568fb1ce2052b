package org.mcpagentic.mcp.resource;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.mcpagentic.mcp.Icon;

/**
 * A resource as clients see it.
 *
 * @param size in bytes, where it is known
 */
public record ResourceDefinition(
        String uri,
        String name,
        Optional<String> title,
        Optional<String> description,
        Optional<String> mimeType,
        OptionalLong size,
        List<Icon> icons) {

    public ResourceDefinition {
        icons = List.copyOf(icons);
    }
}
