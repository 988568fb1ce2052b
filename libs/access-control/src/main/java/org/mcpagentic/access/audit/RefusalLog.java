package org.mcpagentic.access.audit;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.mcpagentic.store.TenantId;

/**
 * Writes refusals down without letting whoever is refused flood the trail: the first of a kind at once, those of the minute after it as
 * one entry with their count. A kind is a tenant, who it was, and the problem's code; beyond 1,000 of them at a time all further are one.
 */
public final class RefusalLog {

    /** Kinds that are told apart at a time. */
    static final int MOST_KINDS = 1000;

    static final Duration MINUTE = Duration.ofMinutes(1);

    private static final Logger LOG = Logger.getLogger(RefusalLog.class);
    private static final String OTHERS = "others";
    private static final String ACTION = "request.refuse";

    private final AuditLog log;
    private final InstantSource clock;
    private final Map<Kind, Minute> minutes = new LinkedHashMap<>();

    public RefusalLog(AuditLog log, InstantSource clock) {
        this.log = log;
        this.clock = clock;
    }

    /**
     * Counts a refusal, and writes it down where it is the first of its kind for a minute. Costs no more than a look into a map otherwise.
     *
     * @param who an owner's id, or the address where nobody is known
     * @param code the problem's code
     * @param target the method and the route's template, never what a client wrote
     * @return completes when it is written, or need not be; never fails: a refusal is the answer whether it is written down or not
     */
    public Uni<Void> refused(TenantId tenant, String who, String code, String target) {
        Kind kind = new Kind(tenant, Printable.of(who.isEmpty() ? "unknown" : who, 128), Printable.of(code, 64));
        return counted(kind, Printable.of(target, 256))
                .map(this::written)
                .orElseGet(() -> Uni.createFrom().voidItem());
    }

    /** Writes the counts of minutes that are over; to be called every few seconds, and with {@code all} at the end. */
    public Uni<Void> flush(boolean all) {
        return io.smallrye.mutiny.Multi.createFrom()
                .iterable(over(all))
                .onItem()
                .transformToUniAndConcatenate(this::written)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private synchronized Optional<AuditEvent> counted(Kind kind, String target) {
        Kind known = minutes.containsKey(kind) || minutes.size() < MOST_KINDS ? kind : kind.asOthers();
        Minute minute = minutes.get(known);
        if (minute == null) {
            minutes.put(known, new Minute(clock.instant()));
            return Optional.of(known.event(target, 1));
        }
        minute.more++;
        return Optional.empty();
    }

    private synchronized List<AuditEvent> over(boolean all) {
        List<AuditEvent> events = new ArrayList<>();
        Instant now = clock.instant();
        Iterator<Map.Entry<Kind, Minute>> each = minutes.entrySet().iterator();
        while (each.hasNext()) {
            Map.Entry<Kind, Minute> one = each.next();
            Minute minute = one.getValue();
            if (all || !minute.begin.plus(MINUTE).isAfter(now)) {
                if (minute.more > 0) {
                    events.add(one.getKey().event("", minute.more));
                    // why it stays: the entry that tells of the minute is itself the first of the next
                    minute.begin = now;
                    minute.more = 0;
                } else {
                    each.remove();
                }
            }
        }
        return events;
    }

    private Uni<Void> written(AuditEvent event) {
        return log.append(event)
                .onFailure()
                .invoke(failure -> LOG.warnf("refusals are not in the audit trail reason=%s", failure.getMessage()))
                .onFailure()
                .recoverWithNull();
    }

    /** Refusals that are counted together. */
    private record Kind(TenantId tenant, String who, String code) {

        Kind asOthers() {
            return new Kind(TenantId.DEFAULT, OTHERS, OTHERS);
        }

        AuditEvent event(String target, long count) {
            return new AuditEvent(tenant, who, ACTION, target, "code=" + code + " count=" + count);
        }
    }

    private static final class Minute {

        private Instant begin;
        private long more;

        Minute(Instant begin) {
            this.begin = begin;
        }
    }
}
