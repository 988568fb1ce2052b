package org.mcpagentic.mcp.dispatch;

/** A way of speaking the protocol. */
public enum Era {
    /** Each request says all about itself: 2026-07-28. */
    MODERN,
    /** Clients have sessions: the revisions before. */
    LEGACY
}
