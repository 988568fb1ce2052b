package org.mcpagentic.store.redis;

import java.util.List;
import java.util.Locale;

/** The store's Lua scripts, one resource each. */
enum Script implements Lua {
    CREATE,
    ENQUEUE,
    CANCEL,
    RESOLVE,
    APPROVAL_DECIDE,
    READ,
    LIST,
    TICK,
    CLAIM,
    ADVANCE,
    END,
    LEAVE,
    EXPIRED,
    PURGE,
    ADMIT,
    SETTLE,
    STATISTICS,
    GAUGES,
    MEMORY_PUT,
    MEMORY_GET,
    MEMORY_PAGE,
    MEMORY_DELETE;

    private final String source = LuaText.assemble(Script.class, name().toLowerCase(Locale.ROOT) + ".lua", List.of());
    private final String digest = LuaText.digest(source);

    @Override
    public String source() {
        return source;
    }

    @Override
    public String digest() {
        return digest;
    }
}
