package org.mcpagentic.mcp;

import com.fasterxml.jackson.databind.JsonNode;

/** Takes log lines for the client; drops those below the level that it asked for. */
@FunctionalInterface
public interface ClientLog {

    /** How bad it is, as in RFC 5424. */
    enum Level {
        DEBUG,
        INFO,
        NOTICE,
        WARNING,
        ERROR,
        CRITICAL,
        ALERT,
        EMERGENCY
    }

    /**
     * @param logger which part speaks
     * @param data any JSON; never secrets
     */
    void write(Level level, String logger, JsonNode data);
}
