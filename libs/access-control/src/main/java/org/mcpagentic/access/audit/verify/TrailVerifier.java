package org.mcpagentic.access.audit.verify;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mcpagentic.access.audit.trail.Checkpoint;
import org.mcpagentic.access.audit.trail.Position;
import org.mcpagentic.access.audit.trail.SealedEntry;
import org.mcpagentic.access.audit.trail.TrailKey;
import org.mcpagentic.access.audit.verify.Finding.Kind;

/**
 * Goes through one shard's trail from its base to its end, and says what is not as it was sealed. Each entry costs one mac; where one does not
 * fit, those around it tell what happened. Holds a bounded number of suspects in memory, whatever the trail's length.
 */
public final class TrailVerifier {

    /** After so many a trail is another one altogether. */
    static final int MOST_FINDINGS = 1000;

    /** Entries that do not fit whose neighbours are compared, and macs that may be another entry's predecessor. */
    private static final int MOST_SUSPECTS = 32;

    private final TrailKey key;
    private final List<Anchor> anchors;

    /** @param anchors of any shard */
    public TrailVerifier(TrailKey key, List<Anchor> anchors) {
        this.key = key;
        this.anchors =
                anchors.stream().filter(anchor -> anchor.shard() == key.shard()).toList();
    }

    public Verification verify(Trail trail) {
        return new Walk(trail).verify();
    }

    private final class Walk {

        private final Trail trail;
        private final Trail.Head head;
        private final List<Finding> findings = new ArrayList<>();
        private final List<String> notes = new ArrayList<>();
        private final List<SealedEntry> suspects = new ArrayList<>();
        private final Set<String> strays = new LinkedHashSet<>();
        private final List<Anchor> open = new ArrayList<>(anchors);
        private final Iterator<Checkpoint> checkpoints;
        private Optional<Checkpoint> checkpoint = Optional.empty();
        private Position position = Position.START;
        private String mac = key.genesis();
        private long looked;
        private long compared;

        Walk(Trail trail) {
            this.trail = trail;
            this.head = trail.head();
            this.checkpoints = trail.checkpoints();
        }

        Verification verify() {
            head.base().ifPresent(this::begin);
            Position base = position;
            anchorsAtBase();
            nextCheckpoint();
            Iterator<SealedEntry> entries = trail.entries();
            while (entries.hasNext() && findings.size() + suspects.size() < MOST_FINDINGS) {
                look(entries.next());
            }
            if (entries.hasNext()) {
                notes.add("nothing behind " + position
                        + " was looked at: so much is wrong that the secret may be another one");
            } else {
                end();
            }
            explain();
            findings.sort(Comparator.comparing(Finding::from));
            return new Verification(looked, compared, base, position, findings, notes);
        }

        private void begin(Checkpoint base) {
            if (!key.signedBase(base)) {
                find(Kind.FORGED, base.position(), "the base, up to which entries were let go, is not signed");
            }
            position = base.position();
            mac = base.mac();
        }

        private void anchorsAtBase() {
            open.removeIf(anchor -> {
                if (anchor.position().isAfter(position)) {
                    return false;
                }
                if (anchor.position().equals(position)) {
                    compare(anchor, mac);
                } else {
                    notes.add("the anchor " + anchor.position() + " lies before the base " + position
                            + ": what it was of was let go");
                }
                return true;
            });
        }

        private void compare(Anchor anchor, String found) {
            if (!anchor.mac().equals(found)) {
                find(Kind.ROLLED_BACK, anchor.position(), "the anchor has another mac");
            }
        }

        private void nextCheckpoint() {
            do {
                checkpoint = checkpoints.hasNext() ? Optional.of(checkpoints.next()) : Optional.empty();
            } while (checkpoint
                    .filter(next -> !next.position().isAfter(position))
                    .isPresent());
        }

        private void look(SealedEntry sealed) {
            looked++;
            Position here = sealed.position();
            boolean inOrder = here.isAfter(position);
            boolean next = here.equals(position.following()) || here.equals(position.behind());
            boolean linked = inOrder && isLinked(sealed);
            String mark = sealed.entry().mark();
            if (!inOrder) {
                find(Kind.REORDERED, here, "stands behind " + position);
            } else if (!linked && here.isAfter(head.last())) {
                find(Kind.INSERTED, here, "nobody sealed it");
                strays(sealed);
            } else if (!linked && here.number() > position.number() + 1) {
                missing(position.number() + 1, here.number() - 1, "not there any more");
                stray(sealed.mac());
            } else if (!linked && here.sequence() != 0) {
                find(Kind.INSERTED, here, "nobody sealed it");
                strays(sealed);
            } else if (!linked) {
                suspect(sealed);
            } else if (!mark.isEmpty()) {
                marked(here, mark);
            } else if (!next) {
                missing(position.number() + 1, here.number() - 1, "not there any more");
            }
            if (inOrder) {
                position = here;
                mac = sealed.mac();
            }
            checkpoints(sealed);
            open.removeIf(anchor -> {
                boolean same = anchor.position().equals(here);
                if (same) {
                    compare(anchor, sealed.mac());
                }
                return same;
            });
        }

        private boolean isLinked(SealedEntry sealed) {
            return key.mac(mac, sealed.entry()).equals(sealed.mac()) || followsAStray(sealed);
        }

        /** Whether it is as it was sealed, behind an entry that is not where it was. */
        private boolean followsAStray(SealedEntry sealed) {
            return strays.stream()
                    .anyMatch(stray -> key.mac(stray, sealed.entry()).equals(sealed.mac()));
        }

        private void suspect(SealedEntry sealed) {
            strays(sealed);
            if (suspects.size() < MOST_SUSPECTS) {
                suspects.add(sealed);
            } else {
                changed(sealed);
            }
        }

        /** What an entry may have as its predecessor's mac, where this one is not to be trusted. */
        private void strays(SealedEntry sealed) {
            stray(mac);
            stray(sealed.mac());
            stray(key.mac(mac, sealed.entry()));
            if (sealed.mac().isEmpty() && !sealed.entry().fields().isEmpty()) {
                // why: where the name of the last field changed, its value is the mac
                stray(sealed.entry().fields().getLast());
            }
        }

        private void stray(String mac) {
            if (strays.size() < 3 * MOST_SUSPECTS) {
                strays.add(mac);
            }
        }

        private void changed(SealedEntry sealed) {
            find(Kind.CHANGED, sealed.position(), "is not what was sealed");
        }

        private void marked(Position here, String mark) {
            for (String one : mark.split(" ", -1)) {
                String[] words = one.split(":", 2);
                switch (words[0]) {
                    case "gap" -> gap(here, words[1]);
                    case "foreign" ->
                        find(
                                Kind.INSERTED,
                                here,
                                "had the number " + words[1] + ", which was not the next, when sealed");
                    case "broken" ->
                        find(
                                Kind.ROLLED_BACK,
                                here,
                                "the trail had reached " + words[1] + " and did not end so when this was sealed");
                    default -> find(Kind.INSERTED, here, "had more fields than an entry has, when sealed");
                }
            }
        }

        private void gap(Position here, String numbers) {
            String[] ends = numbers.split("-", 2);
            find(new Finding(
                    Kind.MISSING,
                    Position.parse(ends[0]).orElse(here),
                    Position.parse(ends[1]).orElse(here),
                    "not there when " + here + " was sealed"));
        }

        private void checkpoints(SealedEntry sealed) {
            while (checkpoint
                    .filter(next -> !next.position().isAfter(sealed.position()))
                    .isPresent()) {
                checkpoint.ifPresent(one -> {
                    compared++;
                    if (!key.signedCheckpoint(one)) {
                        find(Kind.FORGED, one.position(), "the checkpoint is not signed");
                    } else if (one.position().equals(sealed.position())
                            && !one.mac().equals(sealed.mac())
                            && !suspects.contains(sealed)) {
                        find(Kind.CHANGED, one.position(), "is not what the checkpoint signs");
                    }
                });
                checkpoint = checkpoints.hasNext() ? Optional.of(checkpoints.next()) : Optional.empty();
            }
        }

        private void end() {
            long reached = position.number();
            if (head.last().isAfter(position)) {
                missing(position, head.last(), "were sealed");
            } else if (head.last().equals(position) && !head.mac().equals(mac) && !endIsNone()) {
                find(Kind.CHANGED, position, "is not what the sealer left as the end");
            }
            while (checkpoint
                    .filter(one -> !one.position().isAfter(head.checkpoint()))
                    .isPresent()) {
                checkpoint.ifPresent(one -> {
                    compared++;
                    if (!key.signedCheckpoint(one)) {
                        find(Kind.FORGED, one.position(), "the checkpoint is not signed");
                    } else if (one.position().isAfter(head.last())) {
                        missing(position, one.position(), "a checkpoint signs that they were there");
                    }
                });
                checkpoint = checkpoints.hasNext() ? Optional.of(checkpoints.next()) : Optional.empty();
            }
            unsealed();
            for (Anchor anchor : open) {
                if (anchor.position().isAfter(position)) {
                    find(Kind.ROLLED_BACK, anchor.position(), "was in the trail, which ends at " + reached);
                } else {
                    find(Kind.MISSING, anchor.position(), "an anchor says that it was there");
                }
            }
        }

        private boolean endIsNone() {
            return head.mac().isEmpty() && position.equals(Position.START);
        }

        /** Whether all that was appended is sealed, or waits to be. */
        private void unsealed() {
            long last = head.last().number();
            if (Long.compareUnsigned(head.newest(), last) < 0) {
                find(Kind.CHANGED, head.last(), "the count of entries is " + head.newest());
            }
            Optional<Position> first = head.first();
            Optional<Position> end = head.end();
            if (first.isEmpty() || end.isEmpty()) {
                missing(last + 1, head.newest(), "appended and not there");
                return;
            }
            missing(last + 1, first.get().number() - 1, "appended and not there");
            missing(end.get().number() + 1, head.newest(), "appended and not there");
            if (Long.compareUnsigned(end.get().number(), head.newest()) > 0) {
                find(Kind.INSERTED, end.get(), "its number was never given");
            } else if (head.unsealed() < end.get().number() - first.get().number() + 1) {
                find(new Finding(Kind.MISSING, first.get(), end.get(), "not all of them are there"));
            }
            notes.add(head.unsealed() + " entries were not sealed yet");
        }

        private void missing(Position after, Position to, String why) {
            find(new Finding(Kind.MISSING, after.number() < to.number() ? after.following() : after.behind(), to, why));
        }

        private void missing(long from, long to, String why) {
            if (Long.compareUnsigned(from, to) <= 0 && to - from >= 0) {
                find(new Finding(Kind.MISSING, new Position(from, 0), new Position(to, 0), why));
            }
        }

        /** Tells those that changed from those that stand in another one's place, and from those whose neighbour does. */
        private void explain() {
            List<SealedEntry> unfit =
                    suspects.stream().filter(suspect -> !followsAStray(suspect)).toList();
            for (SealedEntry suspect : unfit) {
                unfit.stream()
                        .filter(other -> !other.position().equals(suspect.position()))
                        .filter(other -> belongsAt(suspect, other))
                        .findFirst()
                        .ifPresentOrElse(
                                other -> find(
                                        Kind.REORDERED,
                                        suspect.position(),
                                        "stands in another one's place, its own is " + other.position()),
                                () -> changed(suspect));
            }
        }

        private boolean belongsAt(SealedEntry suspect, SealedEntry other) {
            return strays.stream()
                    .map(stray -> key.mac(stray, suspect.entry().at(other.position())))
                    .anyMatch(own -> own.equals(suspect.mac()) || own.equals(other.mac()));
        }

        private void find(Kind kind, Position position, String what) {
            find(Finding.of(kind, position, what));
        }

        private void find(Finding finding) {
            if (findings.size() < MOST_FINDINGS && !findings.contains(finding)) {
                findings.add(finding);
            }
        }
    }
}
