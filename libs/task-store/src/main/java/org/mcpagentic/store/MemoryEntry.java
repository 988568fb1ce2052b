package org.mcpagentic.store;

/** Something remembered. */
public record MemoryEntry(MemoryHeading heading, String value) {

    public MemoryKey key() {
        return heading.key();
    }
}
