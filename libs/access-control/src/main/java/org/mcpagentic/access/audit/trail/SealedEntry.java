package org.mcpagentic.access.audit.trail;

/**
 * An entry of the sealed trail.
 *
 * @param mac as it stands there
 */
public record SealedEntry(Entry entry, String mac) {

    public Position position() {
        return entry.position();
    }
}
