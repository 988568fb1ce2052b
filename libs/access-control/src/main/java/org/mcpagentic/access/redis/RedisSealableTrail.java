package org.mcpagentic.access.redis;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Response;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mcpagentic.access.audit.seal.SealableTrail;
import org.mcpagentic.access.audit.seal.SealableTrail.Taking.Held;
import org.mcpagentic.access.audit.seal.SealableTrail.Taking.Taken;
import org.mcpagentic.access.audit.trail.Checkpoint;
import org.mcpagentic.access.audit.trail.Position;
import org.mcpagentic.store.redis.Arguments;
import org.mcpagentic.store.redis.RedisBase;
import org.mcpagentic.store.redis.Replies;

/** One shard's trail in Redis, by one script for each step. */
public final class RedisSealableTrail implements SealableTrail {

    private final RedisBase base;
    private final int shard;

    public RedisSealableTrail(RedisBase base, int shard) {
        this.base = base;
        this.shard = shard;
    }

    @Override
    public Uni<Taking> take(String holder, Duration lease, int most) {
        Arguments arguments = Arguments.of(holder).and(lease.toMillis()).and(most);
        return run(AuditScript.AUDIT_TAKE, arguments).map(RedisSealableTrail::taking);
    }

    private static Taking taking(Response reply) {
        return switch (word(reply)) {
            case "held" ->
                new Held(
                        Duration.ofMillis(Math.max(0, reply.get(1).toLong())),
                        instant(reply.get(2).toString()),
                        Replies.instant(reply.get(3).toString()));
            case "taken" ->
                new Taken(
                        reply.get(1).toString(),
                        new End(position(reply.get(2)), reply.get(3).toString()),
                        position(reply.get(4)),
                        instant(reply.get(5).toString()).orElse(Instant.EPOCH),
                        Checkpoint.parse(reply.get(6).toString()),
                        Position.parse(reply.get(7).toString())
                                .orElse(Position.START)
                                .number(),
                        Replies.instant(reply.get(8).toString()),
                        AuditReplies.entries(reply.get(9)));
            case String other -> throw unknown(other);
        };
    }

    @Override
    public Uni<Outcome> seal(Batch batch) {
        Arguments arguments = Arguments.of(
                        batch.lease(),
                        id(batch.before().position()),
                        batch.before().mac(),
                        id(batch.after().position()),
                        batch.after().mac(),
                        batch.checkpoint().map(Checkpoint::at).orElse(""),
                        batch.checkpoint().map(Checkpoint::signature).orElse(""))
                .and(batch.entries().size());
        for (Sealing sealing : batch.entries()) {
            arguments
                    .and(sealing.id().id())
                    .and(sealing.position().id())
                    .and(sealing.mac())
                    .and(sealing.mark())
                    .and(sealing.whole() ? 1 : 0);
        }
        return run(AuditScript.AUDIT_SEAL, arguments).map(reply -> switch (word(reply)) {
            case "sealed" -> new Outcome.Sealed();
            case "late" -> new Outcome.Late();
            case "moved", "changed" ->
                new Outcome.Changed(reply.get(0) + " " + reply.get(1).toString());
            case "blocked" -> new Outcome.Blocked(reply.get(1).toString());
            case String other -> throw unknown(other);
        });
    }

    @Override
    public Uni<List<Checkpoint>> checkpoints(Position after, int most) {
        return base.scripts()
                .command(
                        Command.XRANGE,
                        AuditKey.AUDIT_CHECKPOINTS.in(shard, ""),
                        "(" + after.id(),
                        "+",
                        "COUNT",
                        Integer.toString(most))
                .map(rows -> AuditReplies.entries(rows).stream()
                        .map(AuditReplies::checkpoint)
                        .toList());
    }

    @Override
    public Uni<Optional<Long>> cut(String lease, Optional<Checkpoint> before, Checkpoint after) {
        Arguments arguments = Arguments.of(
                lease,
                before.map(Checkpoint::text).orElse(""),
                after.text(),
                after.position().behind().id(),
                after.position().id());
        return run(AuditScript.AUDIT_CUT, arguments)
                .map(reply ->
                        word(reply).equals("cut") ? Optional.of(reply.get(1).toLong()) : Optional.empty());
    }

    @Override
    public Uni<Void> release(String lease) {
        return run(AuditScript.AUDIT_RELEASE, Arguments.of(lease)).replaceWithVoid();
    }

    private Uni<Response> run(AuditScript script, Arguments arguments) {
        return base.scripts().run(shard, script, arguments.list());
    }

    private static String word(Response reply) {
        return reply.get(0).toString();
    }

    private static IllegalStateException unknown(String word) {
        return new IllegalStateException("a script answered in a word that is not known: " + word);
    }

    /** As scripts have it: nothing before the first entry. */
    private static String id(Position position) {
        return position.equals(Position.START) ? "" : position.id();
    }

    private static Position position(Response text) {
        return Position.parse(text.toString()).orElse(Position.START);
    }

    private static Optional<Instant> instant(String micros) {
        try {
            return Optional.of(Replies.instant(micros));
        } catch (NumberFormatException | DateTimeException | ArithmeticException e) {
            return Optional.empty();
        }
    }
}
