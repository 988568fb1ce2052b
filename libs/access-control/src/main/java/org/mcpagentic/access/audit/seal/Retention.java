package org.mcpagentic.access.audit.seal;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.mcpagentic.access.audit.AuditConfig;
import org.mcpagentic.access.audit.seal.SealableTrail.Taking.Taken;
import org.mcpagentic.access.audit.trail.Checkpoint;
import org.mcpagentic.access.audit.trail.Position;
import org.mcpagentic.access.audit.trail.TrailKey;

/** Lets go what is kept no longer: always up to a checkpoint, and a bounded part at a time. */
final class Retention {

    private static final Logger LOG = Logger.getLogger(Retention.class);
    private static final Duration PERIOD = Duration.ofMinutes(1);
    private static final int CHECKPOINTS = 200;

    /** Entries that one script removes, give or take what lies between two checkpoints. */
    private static final long PART = 20_000;

    private final SealableTrail trail;
    private final TrailKey key;
    private final AuditConfig config;
    private volatile Instant looked = Instant.EPOCH;

    Retention(SealableTrail trail, TrailKey key, AuditConfig config) {
        this.trail = trail;
        this.key = key;
        this.config = config;
    }

    /** Looks once a minute; answers whether something went, and more may. */
    Uni<Boolean> look(Taken taken) {
        if (Duration.between(looked, taken.now()).compareTo(PERIOD) < 0) {
            return Uni.createFrom().item(false);
        }
        Position base = taken.base().map(Checkpoint::position).orElse(Position.START);
        return trail.checkpoints(base, CHECKPOINTS).chain(all -> {
            Optional<Checkpoint> chosen = chosen(genuine(all), base, taken);
            if (chosen.isEmpty()) {
                looked = taken.now();
                return Uni.createFrom().item(false);
            }
            return trail.cut(taken.lease(), taken.base(), key.base(chosen.get()))
                    .invoke(removed -> removed.ifPresent(count -> tell(chosen.get(), base, count, taken)))
                    .map(Optional::isPresent);
        });
    }

    /** Those before the first that nobody with the key has signed. */
    private List<Checkpoint> genuine(List<Checkpoint> all) {
        return all.stream()
                .takeWhile(checkpoint -> {
                    boolean signed = key.signedCheckpoint(checkpoint);
                    if (!signed) {
                        LOG.errorf(
                                "audit checkpoint is forged, nothing behind it is let go shard=%d number=%s",
                                key.shard(), checkpoint.position());
                    }
                    return signed;
                })
                .toList();
    }

    private Optional<Checkpoint> chosen(List<Checkpoint> checkpoints, Position base, Taken taken) {
        Optional<Checkpoint> chosen = Optional.empty();
        for (Checkpoint checkpoint : checkpoints) {
            boolean far = checkpoint.position().number() - base.number() > PART;
            if ((far && chosen.isPresent())
                    || !(isOld(checkpoint, taken)
                            || isTooMuch(chosen.map(Checkpoint::position).orElse(base), taken))) {
                break;
            }
            chosen = Optional.of(checkpoint);
        }
        return chosen;
    }

    private boolean isOld(Checkpoint checkpoint, Taken taken) {
        Instant oldest = taken.now().minus(config.retention());
        return checkpoint.time().filter(time -> !time.isAfter(oldest)).isPresent();
    }

    /** Whether too many would be left if the trail began there. */
    private boolean isTooMuch(Position base, Taken taken) {
        return taken.end().position().number() - base.number() > config.mostEntries();
    }

    private void tell(Checkpoint base, Position before, long removed, Taken taken) {
        if (isOld(base, taken)) {
            LOG.infof(
                    "audit entries were let go shard=%d from=%s to=%s entries=%d",
                    key.shard(), before.following(), base.position(), removed);
        } else {
            LOG.warnf(
                    "audit entries are lost as there are more than access.audit.most-entries shard=%d from=%s to=%s entries=%d",
                    key.shard(), before.following(), base.position(), removed);
        }
    }
}
