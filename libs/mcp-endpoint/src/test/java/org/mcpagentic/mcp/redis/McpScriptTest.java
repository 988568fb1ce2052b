package org.mcpagentic.mcp.redis;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.mcpagentic.store.redis.KeyName;
import org.mcpagentic.store.redis.Lua;
import org.mcpagentic.testsupport.ScriptHeaders;

class McpScriptTest extends ScriptHeaders {

    McpScriptTest() {
        super(
                Path.of("src/main/resources/org/mcpagentic/mcp/redis/lua"),
                Path.of("../task-store/src/main/resources/org/mcpagentic/store/redis/lua"));
    }

    @Override
    protected Stream<? extends Lua> scripts() {
        return Arrays.stream(McpScript.values());
    }

    @Override
    protected Stream<? extends KeyName> keys() {
        return Arrays.stream(McpKey.values());
    }
}
