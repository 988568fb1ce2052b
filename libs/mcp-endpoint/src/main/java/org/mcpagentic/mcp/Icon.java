package org.mcpagentic.mcp;

import java.util.List;
import java.util.Optional;

/**
 * A picture of something that is offered.
 *
 * @param src an {@code https:} or {@code data:} address
 * @param sizes such as {@code 48x48} or {@code any}; may be empty
 */
public record Icon(String src, Optional<String> mimeType, List<String> sizes) {

    public Icon {
        if (!src.startsWith("https:") && !src.startsWith("data:")) {
            throw new IllegalArgumentException("an icon is at an https: or data: address");
        }
        sizes = List.copyOf(sizes);
    }
}
