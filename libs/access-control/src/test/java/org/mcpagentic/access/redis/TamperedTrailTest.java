package org.mcpagentic.access.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.mutiny.redis.client.Command;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mcpagentic.access.audit.trail.Entry;
import org.mcpagentic.access.audit.verify.Finding;
import org.mcpagentic.access.redis.AuditedStore.Ran;

/** Whoever has Redis, and not the secret, is found out by {@code make audit-verify}, which says what and where. */
@Timeout(120)
class TamperedTrailTest {

    private static final int ENTRIES = 2_345;

    private static AuditedStore audited;
    private static List<Entry> sealed = List.of();
    private static List<Entry> checkpoints = List.of();
    private static Map<String, String> state = Map.of();

    @BeforeAll
    static void seal() {
        audited = new AuditedStore();
        audited.append(ENTRIES);
        AuditedStore.await(audited.sealer().stop());
        sealed = audited.entries(AuditKey.AUDIT_SEALED);
        checkpoints = audited.entries(AuditKey.AUDIT_CHECKPOINTS);
        state = Map.of("last", ENTRIES + "-0", "mac", mac(ENTRIES));
    }

    @AfterAll
    static void close() {
        audited.close();
    }

    @BeforeEach
    void restore() {
        audited.rewrite(AuditKey.AUDIT_SEALED, sealed);
        audited.rewrite(AuditKey.AUDIT_CHECKPOINTS, checkpoints);
        state.forEach((name, value) -> audited.raw(Command.HSET, AuditKey.AUDIT_STATE.in(0, ""), name, value));
        audited.raw(Command.HSET, audited.shardKey(), "audited", Integer.toString(ENTRIES));
    }

    @Test
    void aTrailAsItWasSealedIsVerified() {
        Ran ran = audited.command("verify");

        assertThat(ran.status()).isZero();
        assertThat(ran.said()).contains("2,345 entries and", "the audit trail is as it was sealed");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void oneByteThatWasFlippedIsFound(long seed) {
        Random random = new Random(seed);
        int number = 1 + random.nextInt(ENTRIES);
        List<Entry> all = new ArrayList<>(sealed);
        Entry entry = all.get(number - 1);
        List<String> fields = new ArrayList<>(entry.fields());
        int field;
        do {
            field = random.nextInt(fields.size());
        } while (fields.get(field).isEmpty());
        int index = random.nextInt(fields.get(field).length());
        char flipped = (char) (fields.get(field).charAt(index) ^ 1);
        fields.set(
                field,
                fields.get(field).substring(0, index)
                        + flipped
                        + fields.get(field).substring(index + 1));
        all.set(number - 1, new Entry(entry.position(), fields));
        audited.rewrite(AuditKey.AUDIT_SEALED, all);

        List<Finding> findings = audited.verify().findings();

        assertThat(findings).isNotEmpty().allMatch(finding -> finding.from().number() == number);
        assertThat(audited.command("verify").status()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 777, 1000, 2_344})
    void oneThatWasRemovedIsFound(long number) {
        audited.raw(Command.XDEL, AuditKey.AUDIT_SEALED.in(0, ""), number + "-0");

        assertFound("missing " + number + ": ");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 1500})
    void twoThatWereSwappedAreFound(int number) {
        List<Entry> all = new ArrayList<>(sealed);
        Entry one = all.get(number - 1);
        Entry other = all.get(number + 5);
        all.set(number - 1, other.at(one.position()));
        all.set(number + 5, one.at(other.position()));
        audited.rewrite(AuditKey.AUDIT_SEALED, all);

        assertFound("reordered " + number + ": ", "reordered " + (number + 6) + ": ");
    }

    @Test
    void aTailThatWasCutIsFound() {
        audited.rewrite(AuditKey.AUDIT_SEALED, sealed.subList(0, 2_340));

        assertFound("missing 2341 to 2345: ");
    }

    @Test
    void aTailThatWasCutWithAllThatTellsOfItInRedisButTheCounterIsFound() {
        rollBack(2_000);
        audited.raw(Command.HSET, audited.shardKey(), "audited", Integer.toString(ENTRIES));

        assertFound("missing 2001 to 2345: ");
    }

    @Test
    void aHeadThatWasCutIsFound() {
        audited.raw(Command.XTRIM, AuditKey.AUDIT_SEALED.in(0, ""), "MINID", "11-0");

        assertFound("missing 1 to 10: ");
    }

    @Test
    void aHeadThatWasCutAtACheckpointIsFound() {
        String checkpoint = checkpoints.get(1).position().id();
        long number = checkpoints.get(1).position().number();
        audited.raw(Command.XTRIM, AuditKey.AUDIT_SEALED.in(0, ""), "MINID", (number + 1) + "-0");
        audited.raw(Command.XTRIM, AuditKey.AUDIT_CHECKPOINTS.in(0, ""), "MINID", checkpoint);

        assertFound("missing 1 to " + number + ": ");
    }

    @Test
    void aCheckpointThatWasForgedIsFound() {
        Entry last = checkpoints.getLast();
        List<Entry> all = new ArrayList<>(checkpoints);
        all.set(
                all.size() - 1,
                new Entry(
                        last.position(),
                        List.of("mac", mac(1), "at", last.field("at"), "signature", last.field("signature"))));
        audited.rewrite(AuditKey.AUDIT_CHECKPOINTS, all);

        assertFound("forged " + last.position() + ": ");
    }

    @Test
    void anOlderCopyIsFoundByItsAnchorAlone() {
        rollBack(2_000);

        Ran without = audited.command("verify");
        Ran with = audited.command("verify", "ANCHOR=0:2345:" + mac(ENTRIES));
        Ran older = audited.command("verify", "ANCHOR=0:1234:" + mac(1_234));

        assertThat(without.status()).isZero();
        assertThat(with.status()).isEqualTo(1);
        assertThat(with.said()).contains("rolled_back 2345: was in the trail, which ends at 2000");
        assertThat(older.status()).isZero();
    }

    @Test
    void aTrailThatIsNotThereAtAllIsFoundByTheCounter() {
        audited.rewrite(AuditKey.AUDIT_SEALED, List.of());
        audited.rewrite(AuditKey.AUDIT_CHECKPOINTS, List.of());
        audited.raw(Command.HDEL, AuditKey.AUDIT_STATE.in(0, ""), "last", "mac");

        assertFound("missing 1 to 2345: ");
    }

    @Test
    void manyAtOnceAreAllFound() {
        List<Entry> all = new ArrayList<>(sealed);
        Collections.swap(all, 0, 0);
        all.remove(99);
        all.remove(499);
        audited.rewrite(AuditKey.AUDIT_SEALED, all);

        assertFound("missing 100: ", "missing 501: ");
    }

    @Test
    void whatCannotBeFoundOutIsSaid() {
        assertThat(org.mcpagentic.access.audit.command.Main.run(
                        new String[] {"verify"},
                        Map.of("REDIS_URL", audited.redis.url()),
                        new java.io.ByteArrayOutputStream(),
                        System.err))
                .isEqualTo(2);
        assertThat(org.mcpagentic.access.audit.command.Main.run(
                        new String[] {"verify"},
                        Map.of("REDIS_URL", "redis://127.0.0.1:1", "ACCESS_SECRET", AuditedStore.SECRET),
                        new java.io.ByteArrayOutputStream(),
                        System.err))
                .isEqualTo(2);
        assertThat(audited.command("verify", "ANCHOR=nonsense").status()).isEqualTo(2);
        assertThat(audited.command("verify", "ANCHOR=7:1:" + "0".repeat(64)).status())
                .isEqualTo(2);
        assertThat(audited.command("nonsense").status()).isEqualTo(2);
    }

    @Test
    void theExportIsJsonLinesOfWhatIsAskedFor() {
        Ran all = audited.command("export");
        Ran theirs = audited.command("export", "TENANT=somebody-else");
        Ran before = audited.command("export", "UNTIL=2020-01-01");
        Ran since = audited.command("export", "TENANT=acme", "SINCE=2020-01-01");

        assertThat(all.status()).isZero();
        assertThat(all.said().lines()).hasSize(ENTRIES);
        assertThat(all.said().lines().findFirst().orElseThrow())
                .matches(
                        "\\{\"shard\":0,\"number\":1,\"at\":\"20[^\"]+Z\",\"tenant\":\"acme\",\"actor\":\"k-1\","
                                + "\"action\":\"key.create\",\"target\":\"target-0\",\"detail\":\"\",\"mac\":\"[0-9a-f]{64}\"}");
        assertThat(theirs.said()).isEmpty();
        assertThat(before.said()).isEmpty();
        assertThat(since.said()).isEqualTo(all.said());
    }

    /** As somebody does who has an older copy of all that is in Redis. */
    private static void rollBack(int number) {
        audited.rewrite(AuditKey.AUDIT_SEALED, sealed.subList(0, number));
        audited.rewrite(
                AuditKey.AUDIT_CHECKPOINTS,
                checkpoints.stream()
                        .filter(one -> one.position().number() <= number)
                        .toList());
        audited.raw(Command.HSET, AuditKey.AUDIT_STATE.in(0, ""), "last", number + "-0", "mac", mac(number));
        audited.raw(Command.HSET, audited.shardKey(), "audited", Integer.toString(number));
    }

    private static String mac(int number) {
        return sealed.get(number - 1).fields().getLast();
    }

    private static void assertFound(String... findings) {
        Ran ran = audited.command("verify");

        assertThat(ran.status()).as(ran.said()).isEqualTo(1);
        assertThat(ran.said()).contains(findings).contains("THE AUDIT TRAIL IS BROKEN");
        List<String> numbers = ran.said()
                .lines()
                .filter(line -> line.startsWith("shard 0: ") && line.contains(": ") && !line.contains("entries and"))
                .map(line -> line.replaceFirst("shard 0: [a-z_]+ ", "").replaceFirst(": .*", ""))
                .distinct()
                .toList();
        assertThat(Stream.of(findings)
                        .map(one -> one.replaceFirst("[a-z_]+ ", "").replace(": ", "")))
                .as(ran.said())
                .containsExactlyInAnyOrderElementsOf(numbers);
    }
}
