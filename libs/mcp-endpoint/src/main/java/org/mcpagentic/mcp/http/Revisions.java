package org.mcpagentic.mcp.http;

import java.util.List;

/**
 * The revisions of the protocol that are served.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/draft/basic/versioning">Versioning</a>
 */
final class Revisions {

    /** Served without sessions. */
    static final List<String> MODERN = List.of("2026-07-28");

    /** Served with sessions, the newest first. */
    static final List<String> LEGACY = List.of("2025-11-25", "2025-06-18", "2025-03-26");

    /** From which on a request for a form says that it is one. */
    private static final String WITH_MODES = "2025-11-25";

    private Revisions() {}

    /** Whether a header names a revision that has sessions, whether it is served or not. */
    static boolean isLegacy(String version) {
        return LEGACY.contains(version) || version.equals("2024-11-05");
    }

    /** The revision that a client is offered that begins a session. */
    static String agreed(String wanted) {
        return LEGACY.contains(wanted) ? wanted : LEGACY.getFirst();
    }

    static boolean hasModes(String version) {
        return version.compareTo(WITH_MODES) >= 0;
    }
}
