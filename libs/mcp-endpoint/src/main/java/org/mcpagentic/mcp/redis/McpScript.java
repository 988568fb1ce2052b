package org.mcpagentic.mcp.redis;

import java.util.List;
import java.util.Locale;
import org.mcpagentic.store.redis.Lua;
import org.mcpagentic.store.redis.LuaText;

/** The Lua scripts of the MCP endpoint, one resource each. */
enum McpScript implements Lua {
    MCP_SESSION_BEGIN,
    MCP_SESSION_USE,
    MCP_SESSION_SET,
    MCP_SESSION_END,
    MCP_MAIL_EXPECT,
    MCP_MAIL_DELIVER,
    MCP_MAIL_CANCEL,
    MCP_MAIL_COLLECT;

    private final String source =
            LuaText.assemble(McpScript.class, name().toLowerCase(Locale.ROOT) + ".lua", List.of(McpKey.values()));
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
