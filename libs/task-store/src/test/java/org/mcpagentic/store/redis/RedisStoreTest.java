package org.mcpagentic.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mcpagentic.store.redis.TestStore.await;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mcpagentic.localredis.LocalRedis;
import org.mcpagentic.store.StatisticsReader.Work;
import org.mcpagentic.store.StoreException;
import org.mcpagentic.store.StoreException.Code;
import org.mcpagentic.store.TenantId;

/** What a store writes down when it is first opened, and what it compares when it is opened again. */
class RedisStoreTest {

    private LocalRedis redis;

    @BeforeEach
    void start() {
        redis = LocalRedis.start();
        TestStore.on(redis.url(), Map.of("shards", "4")).close();
    }

    @AfterEach
    void stop() {
        redis.close();
    }

    @Test
    void writesDownItsFormAndItsShards() {
        assertThat(redis.command("HGET", Key.META, "schema")).isEqualTo("1");
        assertThat(redis.command("HGET", Key.META, "shards")).isEqualTo("4");
    }

    @Test
    void isOpenedAgainWithTheSameShardsAndKeepsItsBirth() {
        String birth = redis.command("HGET", Key.META, "birth");

        try (TestStore again = TestStore.on(redis.url(), Map.of("shards", "4"))) {
            assertThat(await(again.statistics.read(Work.TASKS, TenantId.DEFAULT))
                            .since())
                    .isEqualTo(Replies.instant(birth));
        }
        assertThat(redis.command("HGET", Key.META, "birth")).isEqualTo(birth);
    }

    @Test
    void isNotOpenedWithAnotherNumberOfShardsAndSaysWhatToDo() {
        assertThatThrownBy(() -> TestStore.on(redis.url(), Map.of("shards", "8")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("has 4 shards")
                .hasMessageContaining("set store.shards=4");
        assertThat(redis.command("HGET", Key.META, "shards")).isEqualTo("4");
    }

    @Test
    void isNotOpenedWhereAnotherVersionWroteItAndSaysWhatToDo() {
        redis.command("HSET", Key.META, "schema", "2");

        assertThatThrownBy(() -> TestStore.on(redis.url(), Map.of("shards", "4")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("has schema 2")
                .hasMessageContaining("run the version that wrote it, or use an empty Redis");
    }

    @Test
    void isNotOpenedWhereRedisIsAway() {
        redis.stop();

        assertThatThrownBy(() -> TestStore.on(redis.url(), Map.of("shards", "4")))
                .isInstanceOfSatisfying(
                        StoreException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(Code.STORE_UNAVAILABLE));
    }
}
