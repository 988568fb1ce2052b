package org.mcpagentic.access.redis;

import java.util.List;
import java.util.Locale;
import org.mcpagentic.store.redis.Lua;
import org.mcpagentic.store.redis.LuaText;

/** Scripts of limits, one resource each. */
enum LimitScript implements Lua {
    TAKE;

    private final String source =
            LuaText.assemble(LimitScript.class, name().toLowerCase(Locale.ROOT) + ".lua", List.of());
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
