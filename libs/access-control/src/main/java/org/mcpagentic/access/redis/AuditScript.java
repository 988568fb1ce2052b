package org.mcpagentic.access.redis;

import java.util.List;
import java.util.Locale;
import org.mcpagentic.store.redis.Lua;
import org.mcpagentic.store.redis.LuaText;

/** The audit trail's Lua scripts, one resource each. */
enum AuditScript implements Lua {
    AUDIT_APPEND,
    AUDIT_TAKE,
    AUDIT_SEAL,
    AUDIT_CUT,
    AUDIT_RELEASE,
    AUDIT_HEAD,
    AUDIT_PAGE;

    private final String source =
            LuaText.assemble(AuditScript.class, name().toLowerCase(Locale.ROOT) + ".lua", List.of(AuditKey.values()));
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
