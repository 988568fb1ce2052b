package org.mcpagentic.access.redis;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.mcpagentic.store.redis.KeyName;
import org.mcpagentic.store.redis.Lua;
import org.mcpagentic.store.redis.LuaText;

/** The Lua scripts of browsers' sessions, one resource each. */
enum SessionScript implements Lua {
    SESSION_OPEN,
    SESSION_VERIFY,
    SESSION_CLOSE,
    SESSION_CLOSE_ALL,
    SESSION_LIST,
    SESSION_LINK,
    SESSION_REDEEM;

    private final String source =
            LuaText.assemble(SessionScript.class, name().toLowerCase(Locale.ROOT) + ".lua", keys());
    private final String digest = LuaText.digest(source);

    @Override
    public String source() {
        return source;
    }

    @Override
    public String digest() {
        return digest;
    }

    /** Those that the scripts may name beside the store's. */
    static List<KeyName> keys() {
        return Stream.<KeyName>concat(Stream.of(SessionKey.values()), Stream.of(AccessKey.API_KEY))
                .toList();
    }
}
