package org.mcpagentic.access.redis;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.mcpagentic.store.redis.KeyName;
import org.mcpagentic.store.redis.Lua;
import org.mcpagentic.store.redis.LuaText;

/** Access control's Lua scripts, one resource each. */
enum AccessScript implements Lua {
    KEY_CREATE,
    KEY_VERIFY,
    KEY_READ,
    KEY_LIST,
    KEY_CHANGE,
    KEY_ROTATE,
    KEY_REVOKE,
    TENANT_CREATE,
    TENANT_FIND,
    TENANT_LIST;

    private final String source =
            LuaText.assemble(AccessScript.class, name().toLowerCase(Locale.ROOT) + ".lua", keys());
    private final String digest = LuaText.digest(source);

    @Override
    public String source() {
        return source;
    }

    @Override
    public String digest() {
        return digest;
    }

    /** Keys of sessions too: those of a key end with its secret. */
    private static List<KeyName> keys() {
        return Stream.<KeyName>concat(Stream.of(AccessKey.values()), Stream.of(SessionKey.values()))
                .toList();
    }
}
