package org.mcpagentic.custommcp.remote.redis;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.mcpagentic.store.redis.KeyName;
import org.mcpagentic.store.redis.Lua;
import org.mcpagentic.testsupport.ScriptHeaders;

class RemoteScriptTest extends ScriptHeaders {

    RemoteScriptTest() {
        super(
                Path.of("src/main/resources/org/mcpagentic/custommcp/remote/redis/lua"),
                Path.of("../libs/task-store/src/main/resources/org/mcpagentic/store/redis/lua"));
    }

    @Override
    protected Stream<? extends Lua> scripts() {
        return Arrays.stream(RemoteScript.values());
    }

    @Override
    protected Stream<? extends KeyName> keys() {
        return Arrays.stream(RemoteKey.values());
    }
}
