package org.mcpagentic.mcp;

import java.util.List;
import java.util.Optional;

/**
 * Who the service is to its clients; one bean per service.
 *
 * @param name for programs, such as {@code custom-mcp-service}
 * @param title for people
 * @param version of the service
 * @param instructions how a model is to use what is offered; may be empty
 */
public record ServerIdentity(
        String name, String title, String version, Optional<String> websiteUrl, List<Icon> icons, String instructions) {

    public ServerIdentity {
        if (name.isBlank() || version.isBlank()) {
            throw new IllegalArgumentException("a server has a name and a version");
        }
        icons = List.copyOf(icons);
    }
}
