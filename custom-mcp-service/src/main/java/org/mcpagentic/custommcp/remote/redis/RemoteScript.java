package org.mcpagentic.custommcp.remote.redis;

import java.util.List;
import java.util.Locale;
import org.mcpagentic.store.redis.Lua;
import org.mcpagentic.store.redis.LuaText;

/** The Lua scripts of external servers, one resource each. */
enum RemoteScript implements Lua {
    REMOTE_LOAD,
    REMOTE_ADD,
    REMOTE_REMOVE,
    REMOTE_PINS,
    REMOTE_SEE,
    REMOTE_APPROVE;

    private final String source =
            LuaText.assemble(RemoteScript.class, name().toLowerCase(Locale.ROOT) + ".lua", List.of(RemoteKey.values()));
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
