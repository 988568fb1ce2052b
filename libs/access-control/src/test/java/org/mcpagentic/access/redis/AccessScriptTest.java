package org.mcpagentic.access.redis;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.mcpagentic.store.redis.KeyName;
import org.mcpagentic.store.redis.Lua;
import org.mcpagentic.testsupport.ScriptHeaders;

class AccessScriptTest extends ScriptHeaders {

    AccessScriptTest() {
        super(
                Path.of("src/main/resources/org/mcpagentic/access/redis/lua"),
                Path.of("../task-store/src/main/resources/org/mcpagentic/store/redis/lua"));
    }

    @Override
    protected Stream<? extends Lua> scripts() {
        return Stream.<Lua[]>of(
                        AccessScript.values(), LimitScript.values(), SessionScript.values(), AuditScript.values())
                .flatMap(Arrays::stream);
    }

    @Override
    protected Stream<? extends KeyName> keys() {
        return Stream.<KeyName[]>of(AccessKey.values(), SessionKey.values(), AuditKey.values())
                .flatMap(Arrays::stream);
    }
}
