package org.mcpagentic.launcher;

import java.util.Map;
import java.util.Optional;

/** The environment variables that change what the launcher does; everything else is passed on to the services. */
enum Setting {
    CUSTOM_PORT("8000", "port of custom-mcp-service; a list such as 8000,8010 starts one replica on each"),
    PUBLIC_PORT("8001", "port of public-mcp-service; may be a list too"),
    DASHBOARD_PORT("8501", "port of dashboard-service; may be a list too"),
    REDIS_PORT("any free one", "port of the Redis that is started"),
    REDIS_URL(
            "none",
            "an outside Redis, as redis://HOST:PORT, or with commas its Sentinels or nodes; none is started then"),
    DATA_DIR(".data", "folder that keeps the data of the Redis that is started, and the access secret"),
    ACCESS_ENABLED("true", "false lets everyone in who reaches the loopback interface, without keys");

    private final String defaultText;
    private final String meaning;

    Setting(String defaultText, String meaning) {
        this.defaultText = defaultText;
        this.meaning = meaning;
    }

    /** The value that was set; blank counts as not set. */
    Optional<String> in(Map<String, String> environment) {
        return Optional.ofNullable(environment.get(name())).map(String::strip).filter(value -> !value.isEmpty());
    }

    /** The value that was set or, for those that have one, the default. */
    String orDefaultIn(Map<String, String> environment) {
        return in(environment).orElse(defaultText);
    }

    String helpLine() {
        return "  %-16s %s (default: %s)".formatted(name(), meaning, defaultText);
    }
}
