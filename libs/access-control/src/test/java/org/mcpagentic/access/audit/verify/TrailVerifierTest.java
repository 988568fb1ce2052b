package org.mcpagentic.access.audit.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mcpagentic.access.AccessSecret;
import org.mcpagentic.access.audit.trail.Checkpoint;
import org.mcpagentic.access.audit.trail.Entry;
import org.mcpagentic.access.audit.trail.Position;
import org.mcpagentic.access.audit.trail.SealedEntry;
import org.mcpagentic.access.audit.trail.TrailKey;
import org.mcpagentic.access.audit.verify.Finding.Kind;

/** What a verifier says of trails that somebody has worked on. */
class TrailVerifierTest {

    private static final int ENTRIES = 100;
    private static final Instant BEGIN = Instant.parse("2026-11-22T08:00:00Z");
    private static final TrailKey KEY =
            new TrailKey(AccessSecret.of("MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="), 0);

    private final List<SealedEntry> entries = new ArrayList<>();
    private final List<Checkpoint> checkpoints = new ArrayList<>();
    private Optional<Checkpoint> base = Optional.empty();
    private long newest = ENTRIES;

    @BeforeEach
    void seal() {
        String mac = KEY.genesis();
        for (int number = 1; number <= ENTRIES; number++) {
            Entry entry = entry(number, "t0-" + number);
            mac = KEY.mac(mac, entry);
            entries.add(new SealedEntry(entry, mac));
            if (number % 10 == 0) {
                checkpoints.add(KEY.checkpoint(entry.position(), mac, BEGIN.plusSeconds(number)));
            }
        }
    }

    @Test
    void findsNothingInATrailAsItWasSealed() {
        Verification verification = verify();

        assertThat(verification.findings()).isEmpty();
        assertThat(verification.entries()).isEqualTo(ENTRIES);
        assertThat(verification.checkpoints()).isEqualTo(10);
        assertThat(verification.end()).isEqualTo(at(ENTRIES));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 50, 99, 100})
    void findsAnEntryWhoseContentChanged(int number) {
        change(number, one -> new SealedEntry(entry(number, "t0-forged"), one.mac()));

        assertFound(Kind.CHANGED, number, number);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 51, 99})
    void findsAnEntryWhoseMacChanged(int number) {
        change(number, one -> new SealedEntry(one.entry(), flipped(one.mac())));

        assertFound(Kind.CHANGED, number, number);
    }

    @Test
    void findsAFieldThatWasAdded() {
        change(7, one -> {
            List<String> fields = new ArrayList<>(one.entry().fields());
            fields.add("note");
            fields.add("harmless");
            return new SealedEntry(new Entry(one.position(), fields), one.mac());
        });

        assertFound(Kind.CHANGED, 7, 7);
    }

    @Test
    void findsWhereAByteMovedFromOneFieldToTheNext() {
        change(7, one -> {
            List<String> fields = new ArrayList<>(one.entry().fields());
            fields.set(9, "t0-");
            fields.set(11, "7");
            return new SealedEntry(new Entry(one.position(), fields), one.mac());
        });

        assertFound(Kind.CHANGED, 7, 7);
    }

    @ParameterizedTest
    @CsvSource({"1,1", "2,2", "40,40", "40,44", "99,99"})
    void findsEntriesThatWereRemoved(int from, int to) {
        entries.subList(from - 1, to).clear();

        assertFound(Kind.MISSING, from, to);
    }

    @Test
    void findsTwoGaps() {
        entries.remove(60);
        entries.remove(20);

        assertThat(verify().findings())
                .extracting(Finding::kind, finding -> finding.from().number())
                .containsExactly(tuple(Kind.MISSING, 21L), tuple(Kind.MISSING, 61L));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 95})
    void findsAHeadThatWasCut(int cut) {
        entries.subList(0, cut).clear();

        assertFound(Kind.MISSING, 1, cut);
    }

    @Test
    void findsAHeadThatWasCutAtACheckpoint() {
        entries.subList(0, 20).clear();
        checkpoints.subList(0, 2).clear();

        assertFound(Kind.MISSING, 1, 20);
    }

    @Test
    void findsACheckpointThatPassesForABase() {
        base = Optional.of(checkpoints.get(1));
        entries.subList(0, 20).clear();

        assertThat(verify().findings()).extracting(Finding::kind).containsExactly(Kind.FORGED);
    }

    @Test
    void beginsAtABaseThatIsSigned() {
        base = Optional.of(KEY.base(checkpoints.get(1)));
        entries.subList(0, 20).clear();
        checkpoints.removeFirst();

        Verification verification = verify();

        assertThat(verification.findings()).isEmpty();
        assertThat(verification.base()).isEqualTo(at(20));
        assertThat(verification.entries()).isEqualTo(80);
    }

    @Test
    void findsAHeadThatWasCutBehindABase() {
        base = Optional.of(KEY.base(checkpoints.get(1)));
        entries.subList(0, 25).clear();

        assertFound(Kind.MISSING, 21, 25);
    }

    @Test
    void findsATailThatWasCut() {
        Trail.Head head = head(at(ENTRIES), entries.getLast().mac());
        entries.subList(95, ENTRIES).clear();

        assertThat(verify(head).findings())
                .extracting(Finding::kind, Finding::from, Finding::to)
                .containsOnly(tuple(Kind.MISSING, at(96), at(100)));
    }

    @Test
    void findsATailThatWasCutWithTheStateByTheCounterAlone() {
        entries.subList(95, ENTRIES).clear();
        checkpoints.removeLast();

        assertFound(Kind.MISSING, 96, 100);
    }

    @Test
    void findsATailThatWasCutByACheckpointAlone() {
        entries.subList(95, ENTRIES).clear();
        newest = 95;

        assertFound(Kind.MISSING, 96, 100);
    }

    @ParameterizedTest
    @CsvSource({"5,6", "5,9", "1,2", "30,60", "99,100", "1,100"})
    void findsTwoThatWereSwapped(int one, int other) {
        SealedEntry first = entries.get(one - 1);
        SealedEntry second = entries.get(other - 1);
        entries.set(one - 1, new SealedEntry(second.entry().at(at(one)), second.mac()));
        entries.set(other - 1, new SealedEntry(first.entry().at(at(other)), first.mac()));

        assertThat(ofEntries(verify()))
                .extracting(Finding::kind, Finding::from)
                .containsExactly(tuple(Kind.REORDERED, at(one)), tuple(Kind.REORDERED, at(other)));
    }

    @Test
    void findsTwoWhoseContentsWereSwapped() {
        SealedEntry first = entries.get(4);
        SealedEntry second = entries.get(5);
        entries.set(4, new SealedEntry(second.entry().at(at(5)), first.mac()));
        entries.set(5, new SealedEntry(first.entry().at(at(6)), second.mac()));

        assertThat(verify().findings())
                .extracting(Finding::kind, Finding::from)
                .containsExactly(tuple(Kind.REORDERED, at(5)), tuple(Kind.REORDERED, at(6)));
    }

    @Test
    void findsEntriesInAnotherOrder() {
        Collections.swap(entries, 10, 11);

        assertThat(verify().findings()).extracting(Finding::from).contains(at(11));
    }

    @Test
    void findsAnEntryThatWasInserted() {
        Entry forged = new Entry(new Position(50, 1), entry(50, "t0-forged").fields());
        entries.add(50, new SealedEntry(forged, flipped(entries.get(49).mac())));

        assertThat(verify().findings())
                .extracting(Finding::kind, Finding::from)
                .containsExactly(tuple(Kind.INSERTED, new Position(50, 1)));
    }

    @Test
    void findsAnEntryThatWasAddedAtTheEnd() {
        Trail.Head head = head(at(ENTRIES), entries.getLast().mac());
        entries.add(new SealedEntry(
                entry(101, "t0-forged"), flipped(entries.getLast().mac())));

        assertThat(verify(head).findings())
                .extracting(Finding::kind, Finding::from)
                .containsExactly(tuple(Kind.INSERTED, at(101)));
    }

    @Test
    void findsACheckpointThatWasForged() {
        Checkpoint genuine = checkpoints.get(4);
        checkpoints.set(
                4, new Checkpoint(genuine.position(), flipped(genuine.mac()), genuine.at(), genuine.signature()));

        assertFound(Kind.FORGED, 50, 50);
    }

    @Test
    void findsACheckpointOfAnotherTime() {
        Checkpoint genuine = checkpoints.get(4);
        checkpoints.set(4, new Checkpoint(genuine.position(), genuine.mac(), "1", genuine.signature()));

        assertFound(Kind.FORGED, 50, 50);
    }

    @Test
    void findsATrailThatIsOlderThanItsAnchor() {
        Anchor anchor = new Anchor(0, at(90), entries.get(89).mac());
        entries.subList(80, ENTRIES).clear();
        checkpoints.subList(8, 10).clear();
        newest = 80;

        Verification verification = verify(headNow(), anchor);

        assertThat(verification.findings())
                .extracting(Finding::kind, Finding::from)
                .containsExactly(tuple(Kind.ROLLED_BACK, at(90)));
        assertThat(verification.end()).isEqualTo(at(80));
    }

    @Test
    void findsATrailThatWentAnotherWayThanItsAnchor() {
        Anchor anchor = new Anchor(0, at(90), flipped(entries.get(89).mac()));

        assertThat(verify(headNow(), anchor).findings())
                .extracting(Finding::kind, Finding::from)
                .containsExactly(tuple(Kind.ROLLED_BACK, at(90)));
    }

    @Test
    void agreesWithAnAnchor() {
        Anchor anchor = new Anchor(0, at(90), entries.get(89).mac());

        assertThat(verify(headNow(), anchor).findings()).isEmpty();
    }

    @Test
    void anAnchorOfAnotherShardSaysNothing() {
        assertThat(verify(headNow(), new Anchor(1, at(9000), "00")).findings()).isEmpty();
    }

    @Test
    void anotherShardsTrailDoesNotPass() {
        TrailKey other = new TrailKey(AccessSecret.of("MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="), 1);

        assertThat(new TrailVerifier(other, List.of()).verify(trail(headNow())).findings())
                .isNotEmpty();
    }

    @Test
    void anotherSecretSaysThatItMayBeAnotherSecret() {
        TrailKey other = new TrailKey(AccessSecret.of("MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDI="), 0);

        assertThat(new TrailVerifier(other, List.of()).verify(trail(headNow())).findings())
                .hasSizeGreaterThan(ENTRIES);
    }

    private static Entry entry(long number, String target) {
        return new Entry(
                at(number),
                List.of(
                        "at",
                        "17950000" + number,
                        "tenant",
                        "acme",
                        "actor",
                        "local",
                        "action",
                        "task.create",
                        "target",
                        target,
                        "detail",
                        ""));
    }

    private static Position at(long number) {
        return new Position(number, 0);
    }

    private static String flipped(String mac) {
        return (mac.startsWith("0") ? "1" : "0") + mac.substring(1);
    }

    private void change(int number, UnaryOperator<SealedEntry> how) {
        entries.set(number - 1, how.apply(entries.get(number - 1)));
    }

    private void assertFound(Kind kind, long from, long to) {
        assertThat(verify().findings())
                .extracting(Finding::kind, Finding::from, Finding::to)
                .containsOnly(tuple(kind, at(from), at(to)));
    }

    /** Without what checkpoints say of them besides. */
    private static List<Finding> ofEntries(Verification verification) {
        return verification.findings().stream()
                .filter(finding -> !finding.what().contains("checkpoint"))
                .filter(finding -> !finding.what().contains("as the end"))
                .toList();
    }

    private Verification verify() {
        return verify(headNow());
    }

    private Verification verify(Trail.Head head, Anchor... anchors) {
        return new TrailVerifier(KEY, List.of(anchors)).verify(trail(head));
    }

    private Trail.Head headNow() {
        return head(entries.getLast().position(), entries.getLast().mac());
    }

    private Trail.Head head(Position last, String mac) {
        return new Trail.Head(
                last,
                mac,
                base,
                newest,
                0,
                Optional.empty(),
                Optional.empty(),
                checkpoints.isEmpty() ? Position.START : checkpoints.getLast().position());
    }

    private Trail trail(Trail.Head head) {
        return new Trail() {
            @Override
            public Head head() {
                return head;
            }

            @Override
            public Iterator<SealedEntry> entries() {
                return entries.iterator();
            }

            @Override
            public Iterator<Checkpoint> checkpoints() {
                return checkpoints.iterator();
            }
        };
    }
}
