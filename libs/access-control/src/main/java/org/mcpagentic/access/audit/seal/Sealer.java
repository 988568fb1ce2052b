package org.mcpagentic.access.audit.seal;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.mcpagentic.access.audit.AuditConfig;
import org.mcpagentic.access.audit.seal.SealableTrail.Batch;
import org.mcpagentic.access.audit.seal.SealableTrail.End;
import org.mcpagentic.access.audit.seal.SealableTrail.Outcome;
import org.mcpagentic.access.audit.seal.SealableTrail.Sealing;
import org.mcpagentic.access.audit.seal.SealableTrail.Taking.Held;
import org.mcpagentic.access.audit.seal.SealableTrail.Taking.Taken;
import org.mcpagentic.access.audit.trail.Checkpoint;
import org.mcpagentic.access.audit.trail.Entry;
import org.mcpagentic.access.audit.trail.Position;
import org.mcpagentic.access.audit.trail.TrailKey;

/**
 * Seals one shard's trail while it holds the lease; many may try. Nothing that is odd is smoothed over: an entry behind a gap, or one that
 * has a number that it cannot have, is sealed with a mark that says so. One look at a time.
 */
public final class Sealer {

    /** Most entries in one script. */
    static final int BATCH = 500;

    /** Entries from one checkpoint to the next at most. */
    static final int SPAN = 1000;

    static final Duration LEASE = Duration.ofSeconds(3);

    private static final Logger LOG = Logger.getLogger(Sealer.class);
    private static final Duration NEWS = Duration.ofMinutes(1);
    private static final int MOST_TEXTS = 64;
    private static final int MOST_CHARACTERS = 16 * 1024;
    private static final int LAST_LOOKS = 100;

    private final SealableTrail trail;
    private final TrailKey key;
    private final String holder;
    private final AuditConfig config;
    private final SealingObserver observer;
    private final Retention retention;
    private volatile Optional<String> lease = Optional.empty();
    private volatile Optional<End> known = Optional.empty();
    private volatile Optional<Position> broken = Optional.empty();
    private volatile String trouble = "";
    private volatile boolean last;

    /** What was sent and not answered, since anything was: each may have been done. */
    private final Set<End> attempted = ConcurrentHashMap.newKeySet();

    /** @param holder this sealer's own name, never used before */
    public Sealer(SealableTrail trail, TrailKey key, String holder, AuditConfig config, SealingObserver observer) {
        this.trail = trail;
        this.key = key;
        this.holder = holder;
        this.config = config;
        this.observer = observer;
        this.retention = new Retention(trail, key, config);
    }

    /**
     * Seals what there is, at most a batch.
     *
     * @return after how long to look again; never fails
     */
    public Uni<Duration> look() {
        return trail.take(holder, LEASE, BATCH)
                .chain(taking -> switch (taking) {
                    case Held held -> Uni.createFrom().item(leave(held));
                    case Taken taken -> seal(taken);
                })
                .onFailure()
                .recoverWithItem(failure -> {
                    tell("the audit trail cannot be sealed", String.valueOf(failure.getMessage()));
                    return config.period();
                });
    }

    /** Seals what is left, signs a last checkpoint, and lets another one in. Nothing else may be under way. */
    public Uni<Void> stop() {
        last = true;
        return Multi.createBy()
                .repeating()
                .uni(this::look)
                .whilst(Duration::isZero)
                .select()
                .first(LAST_LOOKS)
                .collect()
                .last()
                .chain(() -> lease.map(trail::release)
                        .orElseGet(() -> Uni.createFrom().voidItem()))
                .invoke(() -> {
                    if (lease.isPresent()) {
                        known.ifPresent(this::anchor);
                    }
                    forget();
                })
                .onFailure()
                .invoke(failure ->
                        tell("the audit trail's lease cannot be given back", String.valueOf(failure.getMessage())))
                .onFailure()
                .recoverWithNull();
    }

    /** Whether this sealer held the lease when it looked last. */
    public boolean holds() {
        return lease.isPresent();
    }

    private Duration leave(Held held) {
        forget();
        observer.waiting(key.shard(), age(held.oldest(), held.now()));
        return longer(held.rest(), config.period());
    }

    /** What is known of the trail stays: whoever seals meanwhile can only make it longer. */
    private void forget() {
        lease = Optional.empty();
    }

    private Uni<Duration> seal(Taken taken) {
        compare(taken);
        observer.waiting(key.shard(), age(taken.entries().stream().findFirst().flatMap(Entry::at), taken.now()));
        Batch batch = batch(taken);
        if (batch.entries().isEmpty() && batch.checkpoint().isEmpty()) {
            return retention.look(taken).map(cut -> cut ? Duration.ZERO : config.period());
        }
        attempted.add(batch.after());
        return trail.seal(batch)
                .map(outcome -> after(outcome, batch, taken))
                .chain(next -> retention.look(taken).map(cut -> cut ? Duration.ZERO : next));
    }

    private Duration after(Outcome outcome, Batch batch, Taken taken) {
        return switch (outcome) {
            case Outcome.Sealed done -> sealed(batch, taken);
            case Outcome.Late late -> {
                LOG.infof("audit sealer is late and writes nothing shard=%d", key.shard());
                forget();
                yield config.period();
            }
            case Outcome.Changed(String what) -> {
                tell("the audit trail changed while it was being sealed", what);
                yield config.period();
            }
            case Outcome.Blocked(String newest) -> {
                tell("an entry that was never sealed stands in the sealed audit trail", newest);
                yield config.period();
            }
        };
    }

    private Duration sealed(Batch batch, Taken taken) {
        known = Optional.of(batch.after());
        attempted.clear();
        if (!batch.entries().isEmpty()) {
            broken = Optional.empty();
            observer.sealed(batch.entries().size());
        }
        for (Sealing sealing : batch.entries()) {
            if (!sealing.mark().isEmpty()) {
                observer.failed();
                LOG.errorf(
                        "audit entry is odd shard=%d number=%s mark=%s",
                        key.shard(), sealing.position(), sealing.mark());
            }
        }
        batch.checkpoint().ifPresent(signed -> anchor(batch.after()));
        if (!trouble.isEmpty()) {
            LOG.infof("the audit trail is sealed again shard=%d", key.shard());
            trouble = "";
        }
        boolean more = batch.entries().size() < taken.entries().size()
                || taken.entries().size() == BATCH;
        if (!more) {
            observer.waiting(key.shard(), Duration.ZERO);
        }
        return more ? Duration.ZERO : config.period();
    }

    /** Whether the trail is where this sealer left it; others only make it longer, and none did while it held the lease. */
    private void compare(Taken taken) {
        End found = taken.end();
        boolean same = lease.filter(taken.lease()::equals).isPresent();
        known.filter(before -> !attempted.contains(found))
                .filter(before -> same || !found.position().isAfter(before.position()))
                .filter(before -> !before.equals(found))
                .ifPresent(before -> {
                    observer.failed();
                    broken = Optional.of(before.position());
                    LOG.errorf(
                            "the sealed audit trail is not as it was left shard=%d number=%s mac=%s found=%s",
                            key.shard(), before.position(), before.mac(), found.position());
                });
        known = Optional.of(found);
        if (!same) {
            lease = Optional.of(taken.lease());
            anchor(found);
        }
    }

    private void anchor(End end) {
        LOG.infof(
                "audit anchor shard=%d number=%s mac=%s",
                key.shard(), end.position(), end.mac().isEmpty() ? key.genesis() : end.mac());
    }

    private Batch batch(Taken taken) {
        List<Sealing> sealings = new ArrayList<>(taken.entries().size());
        End end = taken.end();
        for (Entry entry : taken.entries()) {
            if (reaches(end.position(), taken)) {
                break;
            }
            Sealing sealing = sealing(entry, end, taken.newest(), sealings.isEmpty() ? broken : Optional.empty());
            sealings.add(sealing);
            end = new End(sealing.position(), sealing.mac());
        }
        Position position = end.position();
        boolean due = reaches(position, taken)
                || last
                || Duration.between(taken.checkpointAt(), taken.now()).compareTo(NEWS) >= 0;
        Optional<Checkpoint> checkpoint = due && position.isAfter(taken.checkpoint())
                ? Optional.of(key.checkpoint(position, end.mac(), taken.now()))
                : Optional.empty();
        return new Batch(taken.lease(), taken.end(), end, sealings, checkpoint);
    }

    private static boolean reaches(Position position, Taken taken) {
        return position.number() - taken.checkpoint().number() >= SPAN;
    }

    private Sealing sealing(Entry entry, End before, long newest, Optional<Position> broken) {
        Position id = entry.position();
        Position end = before.position();
        boolean ours = id.sequence() == 0
                && id.compareTo(end.following()) >= 0
                && Long.compareUnsigned(id.number(), newest) <= 0;
        List<String> marks = new ArrayList<>();
        broken.ifPresent(position -> marks.add("broken:" + position));
        if (!ours) {
            marks.add("foreign:" + id.id());
        } else if (id.number() != end.number() + 1) {
            marks.add("gap:" + (end.number() + 1) + "-" + (id.number() - 1));
        }
        boolean whole = isOrdinary(entry);
        if (!whole) {
            marks.add("dropped");
        }
        String mark = String.join(" ", marks);
        Position position = ours ? id : end.behind();
        Entry kept = new Entry(position, whole ? entry.fields() : List.of()).marked(mark);
        String mac = key.mac(before.mac().isEmpty() ? key.genesis() : before.mac(), kept);
        return new Sealing(id, position, mac, mark, whole);
    }

    private static boolean isOrdinary(Entry entry) {
        return entry.fields().size() <= MOST_TEXTS
                && entry.fields().stream().mapToInt(String::length).sum() <= MOST_CHARACTERS;
    }

    private void tell(String what, String why) {
        observer.failed();
        String message = what + " " + why;
        if (!message.equals(trouble)) {
            LOG.errorf("%s shard=%d reason=%s", what, key.shard(), why);
        }
        trouble = message;
    }

    private static Duration age(Optional<Instant> at, Instant now) {
        return at.map(time -> Duration.between(time, now))
                .filter(age -> !age.isNegative())
                .orElse(Duration.ZERO);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
