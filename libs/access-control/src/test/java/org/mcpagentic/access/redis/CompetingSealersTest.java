package org.mcpagentic.access.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mcpagentic.access.redis.AuditedStore.await;
import static org.mcpagentic.access.redis.AuditedStore.config;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mcpagentic.access.audit.seal.SealableTrail;
import org.mcpagentic.access.audit.seal.Sealer;
import org.mcpagentic.access.audit.trail.Checkpoint;
import org.mcpagentic.access.audit.trail.Position;
import org.mcpagentic.access.audit.verify.Verification;
import org.mcpagentic.store.StoreException;
import org.mcpagentic.store.StoreException.Code;

/** Two sealers at one trail, each of which dies, hangs, or loses its answers at the worst moments. */
@Timeout(120)
class CompetingSealersTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void nothingIsLostDoubledOrOutOfOrder(long seed) {
        try (AuditedStore audited = new AuditedStore()) {
            Random random = new Random(seed);
            List<Faulty> trails = List.of(new Faulty(audited.trail(), random), new Faulty(audited.trail(), random));
            List<Sealer> sealers = new ArrayList<>(trails.stream()
                    .map(trail -> audited.sealer(trail, config(Map.of())))
                    .toList());
            int appended = 0;
            for (int step = 0; step < 300; step++) {
                int one = random.nextInt(2);
                switch (random.nextInt(8)) {
                    case 0, 1 -> {
                        int more = 1 + random.nextInt(20);
                        audited.append(more);
                        appended += more;
                    }
                    // why: what happens to a sealer that hangs for longer than its lease
                    case 2 -> audited.raw(Command.DEL, AuditKey.AUDIT_LEASE.in(0, ""));
                    // why: its process died
                    case 3 -> sealers.set(one, audited.sealer(trails.get(one), config(Map.of())));
                    case 4 -> trails.get(one).deliverLate();
                    case 5 -> trails.get(one).fault = Fault.values()[random.nextInt(Fault.values().length)];
                    default -> await(sealers.get(one).look());
                }
            }
            trails.forEach(trail -> trail.fault = Fault.NONE);
            trails.forEach(Faulty::deliverLate);
            audited.raw(Command.DEL, AuditKey.AUDIT_LEASE.in(0, ""));
            await(sealers.getFirst().stop());

            Verification verification = audited.verify();
            assertThat(verification.findings()).isEmpty();
            assertThat(audited.unsealed()).isEmpty();
            assertThat(audited.entries(AuditKey.AUDIT_SEALED))
                    .extracting(entry -> entry.position())
                    .containsExactlyElementsOf(LongStream.rangeClosed(1, appended)
                            .mapToObj(number -> new Position(number, 0))
                            .toList());
            assertThat(audited.entries(AuditKey.AUDIT_SEALED))
                    .noneMatch(entry -> AuditReplies.sealed(entry)
                            .orElseThrow()
                            .entry()
                            .mark()
                            .startsWith("broken"));
        }
    }

    private enum Fault {
        NONE,
        /** The script runs, its answer is lost. */
        DEAF,
        /** The script does not run now, but after another sealer's. */
        LATE
    }

    /** A trail over a network that does what it must not. */
    private static final class Faulty implements SealableTrail {

        private final SealableTrail real;
        private final Random random;
        private final List<Batch> late = new ArrayList<>();
        private Fault fault = Fault.NONE;

        Faulty(SealableTrail real, Random random) {
            this.real = real;
            this.random = random;
        }

        void deliverLate() {
            late.forEach(batch -> await(real.seal(batch)));
            late.clear();
        }

        @Override
        public Uni<Taking> take(String holder, Duration lease, int most) {
            return real.take(holder, lease, 1 + random.nextInt(most));
        }

        @Override
        public Uni<Outcome> seal(Batch batch) {
            Fault now = fault;
            fault = Fault.NONE;
            return switch (now) {
                case NONE -> real.seal(batch);
                case DEAF -> real.seal(batch).chain(done -> lost());
                case LATE -> {
                    late.add(batch);
                    yield lost();
                }
            };
        }

        private static Uni<Outcome> lost() {
            return Uni.createFrom().failure(new StoreException(Code.STORE_UNAVAILABLE, "the answer was lost"));
        }

        @Override
        public Uni<List<Checkpoint>> checkpoints(Position after, int most) {
            return real.checkpoints(after, most);
        }

        @Override
        public Uni<Optional<Long>> cut(String lease, Optional<Checkpoint> before, Checkpoint base) {
            return real.cut(lease, before, base);
        }

        @Override
        public Uni<Void> release(String lease) {
            return real.release(lease);
        }
    }
}
