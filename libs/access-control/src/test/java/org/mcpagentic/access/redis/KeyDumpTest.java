package org.mcpagentic.access.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mcpagentic.access.redis.TestKeys.await;

import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mcpagentic.access.credential.IssuedKey;
import org.mcpagentic.access.token.Token;
import org.mcpagentic.localredis.LocalRedis;
import org.mcpagentic.store.TenantId;

/** What lies in Redis once keys were made, used, rotated and revoked. */
class KeyDumpTest {

    @Test
    void noTokenAndNoPartOfASecretIsInRedis() {
        try (LocalRedis redis = LocalRedis.start();
                TestKeys test = TestKeys.on(redis.url())) {
            List<Token> tokens = new ArrayList<>();
            Token first = Token.random(Token.Kind.KEY, 0);
            await(test.keys.ensure(first));
            tokens.add(first);
            for (int i = 0; i < 10; i++) {
                IssuedKey issued = test.aKey(TenantId.DEFAULT);
                tokens.add(issued.token());
                tokens.add(await(test.keys.rotate(issued.key().id(), Duration.ofDays(i % 2)))
                        .orElseThrow()
                        .token());
                if (i % 3 == 0) {
                    await(test.keys.revoke(issued.key().id()));
                }
            }
            tokens.forEach(test::verify);
            tokens.forEach(token -> test.verify(token.renewed()));

            String dump = dump(test);

            assertThat(dump).contains(first.id()).contains("build server");
            for (Token token : tokens) {
                assertThat(dump)
                        .doesNotContain(token.text())
                        .doesNotContain(token.secret())
                        .doesNotContain(token.secret().substring(0, 12));
            }
        }
    }

    /** Every key and value as text. */
    private static String dump(TestKeys test) {
        StringBuilder dump = new StringBuilder();
        for (Response name : test.raw(Command.KEYS, "*")) {
            String key = name.toString();
            Response content = switch (test.raw(Command.TYPE, key).toString()) {
                case "hash" -> test.raw(Command.HGETALL, key);
                case "zset" -> test.raw(Command.ZRANGE, key, "0", "-1");
                case "string" -> test.raw(Command.GET, key);
                case "list" -> test.raw(Command.LRANGE, key, "0", "-1");
                case "set" -> test.raw(Command.SMEMBERS, key);
                case "stream" -> test.raw(Command.XRANGE, key, "-", "+");
                default -> throw new AssertionError("an unknown type of key");
            };
            dump.append(key).append(' ').append(content).append('\n');
        }
        return dump.toString();
    }
}
