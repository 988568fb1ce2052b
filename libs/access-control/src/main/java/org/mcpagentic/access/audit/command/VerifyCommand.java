package org.mcpagentic.access.audit.command;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mcpagentic.access.AccessSecret;
import org.mcpagentic.access.audit.trail.Checkpoint;
import org.mcpagentic.access.audit.trail.TrailKey;
import org.mcpagentic.access.audit.verify.Anchor;
import org.mcpagentic.access.audit.verify.Trail;
import org.mcpagentic.access.audit.verify.TrailVerifier;
import org.mcpagentic.access.audit.verify.Verification;
import org.mcpagentic.access.redis.OpenedTrails;

/** Verifies all shards. */
final class VerifyCommand {

    private static final int TRIES = 3;

    private final String redis;
    private final Map<String, String> environment;
    private final AccessSecret secret;
    private final List<Anchor> anchors;
    private final PrintStream out;

    VerifyCommand(Given given, PrintStream out) {
        this.redis = given.redis();
        this.environment = given.environment();
        this.secret = given.secret();
        this.anchors = given.anchors();
        this.out = out;
    }

    int run() {
        try (OpenedTrails trails = OpenedTrails.at(redis, environment)) {
            int shards = trails.shards()
                    .orElseThrow(
                            () -> new IllegalArgumentException("there is no store in this Redis: look at REDIS_URL"));
            Optional<Anchor> stranger =
                    anchors.stream().filter(anchor -> anchor.shard() >= shards).findFirst();
            if (stranger.isPresent()) {
                throw new IllegalArgumentException(
                        "the store has " + shards + " shards, counted from 0; an anchor names "
                                + stranger.get().shard());
            }
            boolean intact = true;
            for (int shard = 0; shard < shards; shard++) {
                intact &= verify(shard, trails.trail(shard));
            }
            out.println(intact ? "the audit trail is as it was sealed" : "THE AUDIT TRAIL IS BROKEN");
            return intact ? Main.FINE : Main.BROKEN;
        }
    }

    private boolean verify(int shard, Trail trail) {
        long begin = System.nanoTime();
        Verification found = verification(shard, trail);
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        out.printf(
                "shard %d: %,d entries and %,d checkpoints behind %s to %s, looked at in %,d ms%n",
                shard, found.entries(), found.checkpoints(), found.base(), found.end(), took.toMillis());
        found.notes().forEach(note -> out.printf("shard %d: note: %s%n", shard, note));
        found.findings().forEach(finding -> out.printf("shard %d: %s%n", shard, finding));
        return found.intact();
    }

    /** why again: retention may cut the head while it is read, and what was let go in order looks like what was taken away */
    private Verification verification(int shard, Trail trail) {
        TrailVerifier verifier = new TrailVerifier(new TrailKey(secret, shard), anchors);
        for (int tries = 1; ; tries++) {
            Optional<Checkpoint> before = trail.head().base();
            Verification found = verifier.verify(trail);
            if (found.intact() || tries == TRIES || trail.head().base().equals(before)) {
                return found;
            }
        }
    }
}
