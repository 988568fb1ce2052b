package org.mcpagentic.store.redis;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.mcpagentic.localredis.LocalRedis;

/** What every setting of the store keeps, it also keeps encrypted. */
class EncryptedDurableTaskTest extends DurableTaskContract implements ApprovalContract {

    private static LocalRedis redis;
    private static TestStore store;

    @BeforeAll
    static void start() {
        redis = LocalRedis.start();
        // why more bytes: a sealed payload takes a third more room
        store = TestStore.on(
                redis.url(), Map.of("journal-bytes", "90000", "encryption.keys", EnvelopeTest.key("first", 1)));
    }

    @AfterAll
    static void stop() {
        store.close();
        redis.close();
    }

    @Override
    public TestStore store() {
        return store;
    }
}
