package org.mcpagentic.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mcpagentic.store.redis.TestStore.await;
import static org.mcpagentic.store.redis.TestStore.eventually;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Response;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mcpagentic.store.MemoryEntry;
import org.mcpagentic.store.MemoryHeading;
import org.mcpagentic.store.MemoryKey;
import org.mcpagentic.store.MemoryPage;
import org.mcpagentic.store.MemoryQuery;
import org.mcpagentic.store.NewMemory;
import org.mcpagentic.store.StoreException;
import org.mcpagentic.store.StoreException.Code;
import org.mcpagentic.store.TenantId;

/** What every setting of the store keeps of what tenants remember. */
interface MemoryContract {

    TestStore store();

    @Test
    default void remembersWhatItWasTold() {
        TenantId tenant = aTenant();

        MemoryHeading put = put(tenant, "user/name", "Ada");

        assertThat(get(tenant, "user/name")).contains(new MemoryEntry(put, "Ada"));
        assertThat(put.updatedAt()).isEqualTo(put.createdAt());
        assertThat(put.expiresAt()).isEmpty();
        assertThat(put.bytes()).isEqualTo("user/name".length() + "Ada".length());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " ",
                "p::x",
                "a \"quoted\" 'text'\r\n\twith \\ and {\"json\": [1]}",
                "nul \u0000 and bell \u0007",
                "na\u00efve \u043c\u0438\u0440 \u4e16\u754c \ud83d\udc69\u200d\ud83d\udc67",
                "*2\r\n$3\r\nDEL\r\n"
            })
    default void remembersAnyTextAsItIs(String value) {
        TenantId tenant = aTenant();

        put(tenant, "text", value);

        assertThat(get(tenant, "text").orElseThrow().value()).isEqualTo(value);
    }

    @Test
    default void remembersTheLongestValueUnderTheLongestKey() {
        TenantId tenant = aTenant();
        String key = "k".repeat(128);
        String value = "\u00e9".repeat(NewMemory.MOST_VALUE_BYTES / 2);

        MemoryHeading put = put(tenant, key, value);

        assertThat(put.bytes()).isEqualTo(128 + NewMemory.MOST_VALUE_BYTES);
        assertThat(get(tenant, key).orElseThrow().value()).isEqualTo(value);
    }

    @Test
    default void knowsNothingOfWhatItWasNotTold() {
        TenantId tenant = aTenant();

        assertThat(get(tenant, "nothing")).isEmpty();
        assertThat(search(tenant, "nothing", 10)).isEmpty();
        assertThat(list(tenant, "", Optional.empty(), 10)).isEqualTo(new MemoryPage(List.of(), Optional.empty()));
        assertThat(delete(tenant, "nothing")).isFalse();
        assertNothingLiesInRedisOf(tenant);
    }

    @Test
    default void replacesAValueAndKeepsWhenItWasCreated() {
        TenantId tenant = aTenant();
        MemoryHeading first = put(tenant, "city", "Paris");

        MemoryHeading second = put(tenant, "city", "Berlin, Germany");

        assertThat(get(tenant, "city")).contains(new MemoryEntry(second, "Berlin, Germany"));
        assertThat(second.createdAt()).isEqualTo(first.createdAt());
        assertThat(second.updatedAt()).isAfter(first.updatedAt());
        assertCountsAreExact(tenant, 1);
    }

    @Test
    default void changesNothingWhereItIsToldTheSameAgain() {
        TenantId tenant = aTenant();
        MemoryHeading first = put(tenant, "city", "Paris");

        MemoryHeading second = put(tenant, "city", "Paris");

        assertThat(second).isEqualTo(first);
        assertCountsAreExact(tenant, 1);
    }

    @Test
    default void forgetsWithoutATrace() {
        TenantId tenant = aTenant();
        put(tenant, "city", "Paris");
        put(tenant, "code", "1234", Duration.ofHours(1));

        boolean city = delete(tenant, "city");
        boolean code = delete(tenant, "code");

        assertThat(city).isTrue();
        assertThat(code).isTrue();
        assertThat(delete(tenant, "city")).isFalse();
        assertThat(get(tenant, "city")).isEmpty();
        assertNothingLiesInRedisOf(tenant);
    }

    @Test
    default void showsATenantNothingThatAnotherRemembers() {
        TenantId tenant = aTenant();
        TenantId stranger = sameShardAs(tenant);
        put(tenant, "secret", "Paris");

        assertThat(get(stranger, "secret")).isEmpty();
        assertThat(search(stranger, "paris", 10)).isEmpty();
        assertThat(list(stranger, "", Optional.empty(), 10).headings()).isEmpty();
        assertThat(delete(stranger, "secret")).isFalse();
        put(stranger, "secret", "Rome");
        assertThat(get(tenant, "secret").orElseThrow().value()).isEqualTo("Paris");
        delete(stranger, "secret");
        assertThat(get(tenant, "secret")).isPresent();
    }

    @Test
    default void listsInOrderOfKeyPageByPage() {
        TenantId tenant = aTenant();
        List.of("b", "a/2", "a/10", "a", "c:1", "a/1").forEach(key -> put(tenant, key, "value of " + key));
        List<MemoryPage> pages = new ArrayList<>();
        Optional<MemoryKey> next = Optional.empty();
        do {
            pages.add(list(tenant, "", next, 2));
            next = pages.getLast().next();
        } while (next.isPresent());

        assertThat(pages).hasSize(3);
        assertThat(pages)
                .flatExtracting(MemoryPage::headings)
                .extracting(heading -> heading.key().value())
                .containsExactly("a", "a/1", "a/10", "a/2", "b", "c:1");
        assertThat(pages.getFirst().headings().getFirst())
                .isEqualTo(get(tenant, "a").orElseThrow().heading());
    }

    @Test
    default void listsOnlyTheKeysThatBeginAsAskedFor() {
        TenantId tenant = aTenant();
        List.of("a", "a-b", "a/1", "a/2", "a/3", "a0", "b/1").forEach(key -> put(tenant, key, "x"));

        assertThat(keys(list(tenant, "a/", Optional.empty(), 2))).containsExactly("a/1", "a/2");
        assertThat(keys(list(tenant, "a/", Optional.of(new MemoryKey("a/2")), 2)))
                .containsExactly("a/3");
        assertThat(keys(list(tenant, "a/", Optional.of(new MemoryKey("a0")), 2)))
                .isEmpty();
        assertThat(keys(list(tenant, "b", Optional.of(new MemoryKey("a/2")), 2)))
                .containsExactly("b/1");
        assertThat(keys(list(tenant, "A \u00e9", Optional.empty(), 2))).isEmpty();
    }

    @Test
    default void refusesPagesThatAreNoPages() {
        assertThatThrownBy(() -> list(aTenant(), "", Optional.empty(), 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> list(aTenant(), "", Optional.empty(), 201))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    default void findsTheBestFirstAndOfThoseTheNewest() {
        TenantId tenant = aTenant();
        put(tenant, "pets/3", "is called Rex, the DOG");
        put(tenant, "pets/1", "The Dog is called Rex");
        put(tenant, "pets/2", "a cat");
        put(tenant, "hot-dog", "with mustard");
        put(tenant, "dog", "four legs");
        put(tenant, "dog-name", "Rex");

        List<MemoryEntry> found = search(tenant, " dOg ", 10);

        assertThat(found)
                .extracting(entry -> entry.key().value())
                .containsExactly("dog", "dog-name", "hot-dog", "pets/1", "pets/3");
        assertThat(search(tenant, "dog", 2)).isEqualTo(found.subList(0, 2));
    }

    @Test
    default void findsWhatHoldsAllTheWords() {
        TenantId tenant = aTenant();
        put(tenant, "dog-name", "Rex");
        put(tenant, "pets/1", "The name of the dog is Rex");
        put(tenant, "pets/2", "dog name");
        put(tenant, "pets/3", "a dog without");

        assertThat(search(tenant, "dog  NAME", 10))
                .extracting(entry -> entry.key().value())
                .containsExactlyInAnyOrder("pets/2", "pets/1", "dog-name");
        assertThat(search(tenant, "dog name", 10).getFirst().key().value()).isEqualTo("pets/2");
        assertThat(search(tenant, "dog cat", 10)).isEmpty();
    }

    @Test
    default void findsOnEveryPageOfALargeMemory() {
        TenantId tenant = aTenant();
        String filler = "lorem ipsum ".repeat(300);
        await(Uni.join()
                .all(IntStream.range(0, 500)
                        .mapToObj(i -> store().memory
                                .put(tenant, memory("k" + i, i % 100 == 7 ? filler + "Needle " + i : filler)))
                        .toList())
                .usingConcurrencyOf(50)
                .andFailFast());

        List<MemoryEntry> found = search(tenant, "needle", 10);

        assertThat(found)
                .extracting(entry -> entry.key().value())
                .containsExactlyInAnyOrder("k7", "k107", "k207", "k307", "k407");
        assertCountsAreExact(tenant, 500);
    }

    @Test
    default void forgetsByItselfWhatExpires() {
        TenantId tenant = aTenant();
        put(tenant, "code", "1234", Duration.ofSeconds(1));
        MemoryHeading kept = put(tenant, "codes", "9999", Duration.ofDays(1));

        eventually("it expires", () -> get(tenant, "code").isEmpty());

        assertThat(search(tenant, "code", 10)).containsExactly(new MemoryEntry(kept, "9999"));
        assertThat(list(tenant, "", Optional.empty(), 10).headings()).containsExactly(kept);
        assertThat(delete(tenant, "code")).isFalse();
        assertCountsAreExact(tenant, 1);
        assertThat(Duration.between(kept.createdAt(), kept.expiresAt().orElseThrow()))
                .isEqualTo(Duration.ofDays(1));
    }

    @Test
    default void isNewAgainOnceItHasExpired() {
        TenantId tenant = aTenant();
        MemoryHeading first = put(tenant, "code", "1234", Duration.ofSeconds(1));
        put(tenant, "other", "1234", Duration.ofSeconds(1));
        eventually("both expire", () -> get(tenant, "other").isEmpty());

        MemoryHeading second = put(tenant, "code", "1234");

        assertThat(second.createdAt()).isAfterOrEqualTo(first.expiresAt().orElseThrow());
        assertCountsAreExact(tenant, 1);
    }

    @Test
    default void isToldAgainWhenToForget() {
        TenantId tenant = aTenant();
        MemoryHeading first = put(tenant, "code", "1234", Duration.ofSeconds(3));
        put(tenant, "clock", "ticks", Duration.ofSeconds(3));

        MemoryHeading second = put(tenant, "code", "1234");

        eventually("another one expires", () -> get(tenant, "clock").isEmpty());
        assertThat(second.updatedAt()).isEqualTo(first.updatedAt());
        assertThat(second.expiresAt()).isEmpty();
        assertThat(get(tenant, "code")).isPresent();
    }

    @Test
    default void forgetsOnATickWhatNobodyAsksForAnyMore() {
        TenantId tenant = aTenant();
        for (int i = 0; i < 100; i++) {
            put(tenant, "k" + i, "x", Duration.ofSeconds(1));
        }

        eventually("a tick has cleared up", () -> {
            store().claim("nobody", 0);
            return lyingInRedisOf(tenant).isEmpty();
        });

        assertThat(store().raw(Command.ZSCORE, Key.MEMORY_DUE.in(shardOf(tenant), ""), tenant.value()))
                .isNull();
    }

    @Test
    default void refusesAnEntryTooManyAndKeepsWhatIsThere() {
        TenantId tenant = aTenant();
        await(Uni.join()
                .all(IntStream.range(0, 1_000)
                        .mapToObj(i -> store().memory.put(tenant, memory("k" + i, "x")))
                        .toList())
                .usingConcurrencyOf(50)
                .andFailFast());

        assertFull(tenant, memory("one-more", "x"), "at most 1000 entries");

        assertThat(get(tenant, "one-more")).isEmpty();
        put(tenant, "k1", "replaced");
        delete(tenant, "k2");
        put(tenant, "one-more", "x");
        assertCountsAreExact(tenant, 1_000);
    }

    @Test
    default void refusesBytesTooManyAndKeepsWhatIsThere() {
        TenantId tenant = aTenant();
        String large = "\u00e9".repeat(NewMemory.MOST_VALUE_BYTES / 2);
        IntStream.range(0, 255).forEach(i -> put(tenant, "k" + i, large));

        assertFull(tenant, memory("one-more", large), "at most 4194304 bytes");

        assertThat(get(tenant, "one-more")).isEmpty();
        put(tenant, "k1", large.replace('\u00e9', '\u00e8'));
        put(tenant, "k2", "x");
        put(tenant, "one-more", large);
        assertFull(tenant, memory("k2", large), "at most 4194304 bytes");
        assertThat(get(tenant, "k2").orElseThrow().value()).isEqualTo("x");
        assertCountsAreExact(tenant, 256);
    }

    @Test
    default void makesRoomOfWhatHasExpired() {
        TenantId tenant = aTenant();
        await(Uni.join()
                .all(IntStream.range(0, 999)
                        .mapToObj(i -> store().memory
                                .put(
                                        tenant,
                                        new NewMemory(new MemoryKey("k" + i), "x", Optional.of(Duration.ofSeconds(1)))))
                        .toList())
                .usingConcurrencyOf(50)
                .andFailFast());
        put(tenant, "clock", "x", Duration.ofSeconds(1));
        eventually("all expire", () -> get(tenant, "clock").isEmpty());

        put(tenant, "one-more", "x");

        assertCountsAreExact(tenant, 1);
    }

    @Test
    default void countsExactlyWhateverIsToldAtTheSameTime() {
        TenantId tenant = aTenant();
        IntStream.range(0, 10).forEach(i -> put(tenant, "old" + i, "x".repeat(i + 1)));

        await(Uni.join()
                .all(IntStream.range(0, 50).mapToObj(i -> many(tenant, i)).toList())
                .usingConcurrencyOf(50)
                .andFailFast());

        assertCountsAreExact(tenant, 10 + 25);
    }

    /** Every second one its own key, the others one of ten, with all that may happen to it. */
    private Uni<?> many(TenantId tenant, int i) {
        if (i % 2 == 0) {
            return store().memory.put(tenant, memory("new" + i, "\u00e9".repeat(i + 1)));
        }
        MemoryKey key = new MemoryKey("old" + i % 10);
        return store().memory
                .put(tenant, new NewMemory(key, "y".repeat(i + 1), Optional.of(Duration.ofMinutes(i))))
                .chain(() -> store().memory.delete(tenant, key))
                .chain(() -> store().memory.put(tenant, new NewMemory(key, "z".repeat(i), Optional.empty())));
    }

    private static TenantId aTenant() {
        return new TenantId("m" + UUID.randomUUID().toString().substring(0, 12));
    }

    private static NewMemory memory(String key, String value) {
        return new NewMemory(new MemoryKey(key), value, Optional.empty());
    }

    private MemoryHeading put(TenantId tenant, String key, String value) {
        return await(store().memory.put(tenant, memory(key, value)));
    }

    private MemoryHeading put(TenantId tenant, String key, String value, Duration expiry) {
        return await(store().memory.put(tenant, new NewMemory(new MemoryKey(key), value, Optional.of(expiry))));
    }

    private Optional<MemoryEntry> get(TenantId tenant, String key) {
        return await(store().memory.get(tenant, new MemoryKey(key)));
    }

    private List<MemoryEntry> search(TenantId tenant, String text, int limit) {
        return await(store().memory.search(tenant, new MemoryQuery(text, limit)));
    }

    private MemoryPage list(TenantId tenant, String prefix, Optional<MemoryKey> after, int limit) {
        return await(store().memory.list(tenant, prefix, after, limit));
    }

    private boolean delete(TenantId tenant, String key) {
        return await(store().memory.delete(tenant, new MemoryKey(key)));
    }

    private static List<String> keys(MemoryPage page) {
        return page.headings().stream().map(heading -> heading.key().value()).toList();
    }

    private int shardOf(TenantId tenant) {
        return new Shards(store().queue.shards()).of(tenant);
    }

    private TenantId sameShardAs(TenantId one) {
        return IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> new TenantId(one.value() + i))
                .filter(other -> shardOf(other) == shardOf(one))
                .findFirst()
                .orElseThrow();
    }

    private void assertFull(TenantId tenant, NewMemory memory, String why) {
        assertThatThrownBy(() -> await(store().memory.put(tenant, memory)))
                .hasMessageContaining(why)
                .isInstanceOfSatisfying(
                        StoreException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(Code.MEMORY_FULL));
    }

    /** What is counted is what lies in Redis, key by key. */
    private void assertCountsAreExact(TenantId tenant, int entries) {
        String rest = tenant.value();
        int shard = shardOf(tenant);
        Map<String, String> values = Replies.hash(store().raw(Command.HGETALL, Key.MEMORY.in(shard, rest)));
        long bytes = values.entrySet().stream()
                .mapToLong(entry -> bytes(entry.getKey())
                        + bytes(store().envelope
                                .open(Place.ofMemory(tenant, new MemoryKey(entry.getKey())), entry.getValue())))
                .sum();

        assertThat(values).hasSize(entries);
        assertThat(store().raw(Command.ZCARD, Key.MEMORY_KEYS.in(shard, rest)).toInteger())
                .isEqualTo(entries);
        assertThat(store().raw(Command.HLEN, Key.MEMORY_FACTS.in(shard, rest)).toInteger())
                .isEqualTo(entries);
        assertThat(store().raw(Command.GET, Key.MEMORY_BYTES.in(shard, rest)).toLong())
                .isEqualTo(bytes);
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private void assertNothingLiesInRedisOf(TenantId tenant) {
        assertThat(lyingInRedisOf(tenant)).isEmpty();
    }

    private List<Key> lyingInRedisOf(TenantId tenant) {
        List<Key> lying = new ArrayList<>();
        for (Key key : List.of(
                Key.MEMORY, Key.MEMORY_FACTS, Key.MEMORY_KEYS, Key.MEMORY_EXPIRY, Key.MEMORY_BYTES, Key.MEMORY_DUE)) {
            String rest = key == Key.MEMORY_DUE ? "" : tenant.value();
            Response there = key == Key.MEMORY_DUE
                    ? store().raw(Command.ZSCORE, key.in(shardOf(tenant), rest), tenant.value())
                    : store().raw(Command.TYPE, key.in(shardOf(tenant), rest));
            if (there != null && !there.toString().equals("none")) {
                lying.add(key);
            }
        }
        return lying;
    }
}
