package org.mcpagentic.mcp.resource;

import java.util.List;
import java.util.Optional;
import org.mcpagentic.mcp.Icon;

/**
 * A family of resources as clients see it.
 *
 * @param uriTemplate as in RFC 6570
 */
public record ResourceTemplate(
        String uriTemplate,
        String name,
        Optional<String> title,
        Optional<String> description,
        Optional<String> mimeType,
        List<Icon> icons) {

    public ResourceTemplate {
        icons = List.copyOf(icons);
    }
}
