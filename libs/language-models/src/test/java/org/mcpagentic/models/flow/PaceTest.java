package org.mcpagentic.models.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mcpagentic.agent.model.ModelEvent;
import org.mcpagentic.agent.model.ModelException;
import org.mcpagentic.agent.model.ModelException.Kind;

class PaceTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    @Test
    void halvesWhatIsOpenAtARefusalAndGrowsByOneInARoundThatGoesWell() {
        Pace pace = new Pace("m", 1_000, 100);
        List<Pace.Turn> open = open(pace, 64);

        open.getFirst().limited(Optional.of(Duration.ofMillis(60)));
        int halved = pace.limit();
        open.forEach(Pace.Turn::end);
        for (int i = 0; i < 33; i++) {
            turn(pace).wentWell();
        }

        assertThat(halved).isEqualTo(32);
        assertThat(pace.limit()).isEqualTo(33);
    }

    @Test
    void callsThatWereOpenTogetherHalveItOnce() {
        Pace pace = new Pace("m", 1_000, 100);
        List<Pace.Turn> open = open(pace, 64);

        open.forEach(turn -> turn.limited(Optional.of(Duration.ofSeconds(5))));

        assertThat(pace.limit()).isEqualTo(32);
    }

    @Test
    void thousandsThatWaitAreTurnedAwayTogetherWhenTheModelIsLeftAlone() {
        FakeModel failing = new FakeModel(
                "m",
                before -> Uni.createFrom()
                        .item(0)
                        .onItem()
                        .delayIt()
                        .by(Duration.ofMillis(200))
                        .onItem()
                        .transformToMulti(waited -> FakeModel.failure(Kind.TRANSIENT)));
        Pace pace = new Pace("m", 10, 10_000);
        PacedModel paced = new PacedModel(
                failing,
                pace,
                new Circuit("m", LONG),
                new Patience(LONG, LONG, LONG, LONG),
                1,
                new ModelMetrics(new SimpleMeterRegistry()));

        List<Kind> failures = Multi.createFrom()
                .range(0, 5_000)
                .onItem()
                .transformToUni(i -> paced.next(FakeModel.PROMPT)
                        .collect()
                        .last()
                        .onItemOrFailure()
                        .transform((event, failure) -> ((ModelException) failure).kind()))
                .merge(5_000)
                .collect()
                .asList()
                .await()
                .atMost(LONG);

        assertThat(failures)
                .hasSize(5_000)
                .filteredOn(kind -> kind == Kind.TRANSIENT)
                .hasSize(10);
        assertThat(pace.open()).isZero();
        assertThat(pace.waiting()).isZero();
    }

    @Test
    void refusesWhoCannotEvenWait() {
        Pace pace = new Pace("m", 1, 1);
        turn(pace);
        pace.turn(LONG).subscribe().with(turn -> {}, failure -> {});

        ModelException refusal = pace.turn(LONG)
                .onItemOrFailure()
                .transform((turn, failure) -> (ModelException) failure)
                .await()
                .atMost(LONG);

        assertThat(refusal.kind()).isEqualTo(Kind.RATE_LIMITED);
        assertThat(refusal.retryAfter()).isPresent();
    }

    @Test
    void letsInWhoWaitsAlthoughItsTimerIsEarly() {
        ScheduledExecutorService usual = Infrastructure.getDefaultWorkerPool();
        Infrastructure.setDefaultExecutor(new EarlyExecutor(), false);
        try {
            Pace pace = new Pace("m", 4, 100);
            turn(pace).limited(Optional.of(Duration.ofMillis(200)));

            Pace.Turn next = turn(pace);

            assertThat(next).isNotNull();
        } finally {
            Infrastructure.setDefaultExecutor(usual, false);
        }
    }

    /** As executors of services may: early by a moment, and deaf to delays under a millisecond. */
    private static final class EarlyExecutor extends ScheduledThreadPoolExecutor {

        EarlyExecutor() {
            super(2, work -> {
                Thread thread = new Thread(work);
                thread.setDaemon(true);
                return thread;
            });
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
            if (unit.toMillis(delay) < 1) {
                throw new IllegalArgumentException("Cannot schedule a timer with delay < 1 ms");
            }
            return super.schedule(command, unit.toNanos(delay) - 2_000_000, TimeUnit.NANOSECONDS);
        }
    }

    /** A provider with a quota per window; the calls come as they like. */
    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void inAStormAllGetThroughAndNobodyAsksSoonerThanTold(long seed) {
        long window = TimeUnit.MILLISECONDS.toNanos(500);
        // why: refusals travel too, and calls that were sent before one arrived are not early
        long travel = TimeUnit.MILLISECONDS.toNanos(30);
        long slack = TimeUnit.MILLISECONDS.toNanos(2);
        int quota = 30;
        AtomicInteger asked = new AtomicInteger();
        AtomicInteger early = new AtomicInteger();
        Random random = new Random(seed);
        long[] provider = {System.nanoTime(), 0, Long.MIN_VALUE, 0};
        FakeModel model = new FakeModel("m", before -> {
            synchronized (provider) {
                asked.incrementAndGet();
                long now = System.nanoTime();
                boolean knew = provider[2] != Long.MIN_VALUE && now - provider[3] > travel;
                if (knew && now - provider[2] < -slack) {
                    early.incrementAndGet();
                }
                if (now - provider[0] >= window) {
                    provider[0] = now;
                    provider[1] = 0;
                }
                if (provider[1]++ < quota) {
                    return Uni.createFrom()
                            .item(0)
                            .onItem()
                            .delayIt()
                            .by(Duration.ofMillis(1 + random.nextInt(20)))
                            .onItem()
                            .transformToMulti(waited -> FakeModel.answer("m"));
                }
                Duration told = Duration.ofNanos(provider[0] + window - now);
                provider[2] = now + told.toNanos();
                provider[3] = now;
                return FakeModel.limited(told);
            }
        });
        Patience patient = new Patience(LONG, LONG, LONG, LONG);
        PacedModel paced = new PacedModel(
                model,
                new Pace("m", 16, 1_000),
                new Circuit("m", LONG),
                patient,
                1,
                new ModelMetrics(new SimpleMeterRegistry()));

        List<List<ModelEvent>> answers = Multi.createFrom()
                .range(0, 150)
                .onItem()
                .transformToUni(i -> paced.next(FakeModel.PROMPT).collect().asList())
                .merge(150)
                .collect()
                .asList()
                .await()
                .atMost(Duration.ofSeconds(30));

        assertThat(answers).hasSize(150);
        assertThat(early).hasValue(0);
        assertThat(asked.get()).isLessThan(150 + 150 / 2);
    }

    private static List<Pace.Turn> open(Pace pace, int count) {
        return Stream.generate(() -> turn(pace)).limit(count).toList();
    }

    private static Pace.Turn turn(Pace pace) {
        Pace.Turn turn = pace.turn(LONG).invoke(Pace.Turn::take).await().atMost(LONG);
        return turn;
    }
}
