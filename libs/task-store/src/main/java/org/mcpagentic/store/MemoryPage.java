package org.mcpagentic.store;

import java.util.List;
import java.util.Optional;

/**
 * Part of a list of what is remembered, in order of key.
 *
 * @param next behind which key the next page begins, nothing at the end
 */
public record MemoryPage(List<MemoryHeading> headings, Optional<MemoryKey> next) {

    public MemoryPage {
        headings = List.copyOf(headings);
    }
}
