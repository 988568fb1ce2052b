package org.mcpagentic.models.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.smallrye.mutiny.subscription.Cancellable;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mcpagentic.agent.model.LanguageModel;
import org.mcpagentic.agent.model.ModelEvent;
import org.mcpagentic.agent.model.ModelException;
import org.mcpagentic.agent.model.ModelException.Kind;

class PacedModelTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Patience PATIENT = new Patience(LONG, LONG, LONG, LONG);

    private final ModelMetrics metrics = new ModelMetrics(new SimpleMeterRegistry());

    @Test
    void passesOnWhatTheModelSays() {
        List<ModelEvent> events = ask(paced(FakeModel.answering("m"), PATIENT));

        assertThat(events).hasSize(2).last().isInstanceOf(ModelEvent.Answer.class);
    }

    @Test
    void asksAgainAfterARefusalForTheRateAndNotSooner() {
        Queue<Long> asked = new ConcurrentLinkedQueue<>();
        FakeModel model = new FakeModel("m", before -> {
            asked.add(System.nanoTime());
            return before == 0 ? FakeModel.limited(Duration.ofMillis(300)) : FakeModel.answer("m");
        });

        List<ModelEvent> events = ask(paced(model, PATIENT));

        assertThat(events).hasSize(2);
        List<Long> times = List.copyOf(asked);
        assertThat(times).hasSize(2);
        assertThat(times.get(1) - times.get(0)).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(300));
    }

    @Test
    void saysWhenToComeBackWhereTheProviderWantsMorePatienceThanThereIs() {
        FakeModel model = new FakeModel("m", before -> FakeModel.limited(Duration.ofMinutes(1)));
        PacedModel paced = paced(model, PATIENT);

        ModelException first = failure(paced);
        ModelException second = failure(paced);

        assertThat(List.of(first, second)).allSatisfy(failure -> {
            assertThat(failure.kind()).isEqualTo(Kind.RATE_LIMITED);
            assertThat(failure.retryAfter().orElseThrow()).isBetween(Duration.ofSeconds(50), Duration.ofMinutes(1));
        });
        assertThat(model.calls()).isEqualTo(1);
    }

    @Test
    void leavesAUsedUpQuotaAlone() {
        FakeModel model = FakeModel.failing("m", Kind.QUOTA_EXHAUSTED);
        PacedModel paced = paced(model, PATIENT);

        for (int i = 0; i < 20; i++) {
            assertThat(failure(paced).kind()).isEqualTo(Kind.QUOTA_EXHAUSTED);
        }

        assertThat(model.calls()).isEqualTo(1);
    }

    @Test
    void triesOnceMoreWhereTheServerFailed() {
        FakeModel model =
                new FakeModel("m", before -> before == 0 ? FakeModel.failure(Kind.TRANSIENT) : FakeModel.answer("m"));

        assertThat(ask(paced(model, PATIENT))).hasSize(2);
        assertThat(model.calls()).isEqualTo(2);
    }

    @Test
    void doesNotStartAgainOnceTextWasShown() {
        FakeModel model = new FakeModel(
                "m",
                before -> Multi.createBy()
                        .concatenating()
                        .streams(
                                Multi.createFrom().item(new ModelEvent.TextDelta("half")),
                                FakeModel.failure(Kind.TRANSIENT)));

        assertThat(failure(paced(model, PATIENT)).kind()).isEqualTo(Kind.TRANSIENT);
        assertThat(model.calls()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"KEY_REFUSED", "TOO_LONG", "BLOCKED", "PERMANENT", "UNUSABLE"})
    void doesNotTryAgainWhatCannotHelp(Kind kind) {
        FakeModel model = FakeModel.failing("m", kind);

        assertThat(failure(paced(model, PATIENT)).kind()).isEqualTo(kind);
        assertThat(model.calls()).isEqualTo(1);
    }

    @Test
    void endsACallThatGivesNoSignOfLife() {
        AtomicBoolean aborted = new AtomicBoolean();
        FakeModel silent = new FakeModel(
                "m",
                before -> Multi.createFrom()
                        .<ModelEvent>nothing()
                        .onCancellation()
                        .invoke(() -> aborted.set(true)));

        ModelException failure = failure(paced(silent, new Patience(LONG, Duration.ofMillis(100), LONG, LONG), 1));

        assertThat(failure).hasMessageContaining("no sign of life within 0.1 s");
        assertThat(aborted).isTrue();
    }

    @Test
    void endsACallThatFallsSilentInTheMiddle() {
        FakeModel stalling = new FakeModel(
                "m",
                before -> Multi.createBy()
                        .concatenating()
                        .streams(
                                Multi.createFrom().item(new ModelEvent.TextDelta("half")),
                                Multi.createFrom().nothing()));

        ModelException failure = failure(paced(stalling, new Patience(LONG, LONG, Duration.ofMillis(100), LONG)));

        assertThat(failure).hasMessageContaining("fell silent for 0.1 s");
    }

    @Test
    void doesNotTakeAReadersSilenceForTheModels() throws Exception {
        FakeModel talking = new FakeModel(
                "m",
                before -> Multi.createFrom()
                        .items(
                                new ModelEvent.TextDelta("a"),
                                new ModelEvent.TextDelta("b"),
                                new ModelEvent.TextDelta("c")));
        AssertSubscriber<ModelEvent> slow = paced(talking, new Patience(LONG, LONG, Duration.ofMillis(50), LONG))
                .next(FakeModel.PROMPT)
                .subscribe()
                .withSubscriber(AssertSubscriber.create(1));
        slow.awaitItems(1, LONG);
        Thread.sleep(300);

        slow.request(10);

        slow.awaitCompletion(LONG);
        assertThat(slow.getItems()).hasSize(3);
    }

    @Test
    void thinkingIsASignOfLife() {
        FakeModel thinking = new FakeModel(
                "m",
                before -> Multi.createBy()
                        .concatenating()
                        .streams(
                                Multi.createFrom()
                                        .ticks()
                                        .every(Duration.ofMillis(50))
                                        .select()
                                        .first(12)
                                        .map(tick -> new ModelEvent.Thinking()),
                                FakeModel.answer("m")));

        List<ModelEvent> events =
                ask(paced(thinking, new Patience(LONG, Duration.ofMillis(500), Duration.ofMillis(500), LONG)));

        assertThat(events).last().isInstanceOf(ModelEvent.Answer.class);
    }

    @Test
    void endsACallThatTalksForTooLong() {
        FakeModel endless = new FakeModel(
                "m",
                before -> Multi.createFrom()
                        .ticks()
                        .every(Duration.ofMillis(10))
                        .map(tick -> new ModelEvent.TextDelta("and ")));

        ModelException failure = failure(paced(endless, new Patience(LONG, LONG, LONG, Duration.ofMillis(200))));

        assertThat(failure).hasMessageContaining("did not end its turn within 0.2 s");
    }

    @Test
    void leavesAFailingModelAloneAndLooksAgainAfterARest() {
        AtomicBoolean well = new AtomicBoolean();
        FakeModel model =
                new FakeModel("m", before -> well.get() ? FakeModel.answer("m") : FakeModel.failure(Kind.TRANSIENT));
        PacedModel paced = new PacedModel(
                model, new Pace("m", 10, 10), new Circuit("m", Duration.ofMillis(300)), PATIENT, 1, metrics);
        for (int i = 0; i < 30; i++) {
            failure(paced);
        }
        int callsWhileOpen = model.calls();
        well.set(true);

        List<ModelEvent> events = Uni.createFrom()
                .item(0)
                .onItem()
                .delayIt()
                .by(Duration.ofMillis(400))
                .onItem()
                .transformToMulti(waited -> paced.next(FakeModel.PROMPT))
                .collect()
                .asList()
                .await()
                .atMost(LONG);

        assertThat(callsWhileOpen).isEqualTo(10);
        assertThat(events).last().isInstanceOf(ModelEvent.Answer.class);
    }

    @Test
    void opensNoMoreCallsThanItMay() {
        AtomicInteger open = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        FakeModel slow = new FakeModel(
                "m",
                before -> Uni.createFrom()
                        .item(() -> most.accumulateAndGet(open.incrementAndGet(), Math::max))
                        .onItem()
                        .delayIt()
                        .by(Duration.ofMillis(20))
                        .invoke(open::decrementAndGet)
                        .onItem()
                        .transformToMulti(done -> FakeModel.answer("m")));
        PacedModel paced = new PacedModel(slow, new Pace("m", 4, 100), new Circuit("m", LONG), PATIENT, 1, metrics);

        List<List<ModelEvent>> all = Multi.createFrom()
                .range(0, 40)
                .onItem()
                .transformToUni(i -> paced.next(FakeModel.PROMPT).collect().asList())
                .merge(40)
                .collect()
                .asList()
                .await()
                .atMost(LONG);

        assertThat(all).hasSize(40).allSatisfy(events -> assertThat(events).hasSize(2));
        assertThat(most.get()).isEqualTo(4);
    }

    @Test
    void givesItsPlaceUpWhereNobodyWaitsAnyMore() {
        Pace pace = new Pace("m", 1, 100);
        FakeModel silentAtFirst =
                new FakeModel("m", before -> before == 0 ? Multi.createFrom().nothing() : FakeModel.answer("m"));
        PacedModel paced = new PacedModel(silentAtFirst, pace, new Circuit("m", LONG), PATIENT, 1, metrics);
        AssertSubscriber<ModelEvent> holding =
                paced.next(FakeModel.PROMPT).subscribe().withSubscriber(AssertSubscriber.create(10));
        AssertSubscriber<ModelEvent> leaving =
                paced.next(FakeModel.PROMPT).subscribe().withSubscriber(AssertSubscriber.create(10));
        AssertSubscriber<ModelEvent> waiting =
                paced.next(FakeModel.PROMPT).subscribe().withSubscriber(AssertSubscriber.create(10));
        leaving.cancel();

        holding.cancel();

        waiting.awaitCompletion(LONG);
        assertThat(pace.open()).isZero();
        assertThat(pace.waiting()).isZero();
        assertThat(silentAtFirst.calls()).isEqualTo(2);
    }

    /** Two calls, one place: the one's end lets the other in while that is being cancelled. */
    @Test
    void losesNoPlaceWhereACallIsCancelledWhileItIsLetIn() throws Exception {
        Pace pace = new Pace("m", 1, 100);
        FakeModel silent = new FakeModel("m", before -> Multi.createFrom().nothing());
        PacedModel paced = new PacedModel(silent, pace, new Circuit("m", LONG), PATIENT, 1, metrics);
        Random random = new Random(1);
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            for (int i = 0; i < 10_000; i++) {
                Cancellable one = paced.next(FakeModel.PROMPT).subscribe().with(event -> {}, failure -> {});
                Cancellable other = paced.next(FakeModel.PROMPT).subscribe().with(event -> {}, failure -> {});
                CyclicBarrier together = new CyclicBarrier(2);
                Future<?> first = threads.submit(cancelling(one, together, random.nextInt(400)));
                Future<?> second = threads.submit(cancelling(other, together, random.nextInt(400)));
                first.get();
                second.get();

                assertThat(pace.open()).as("places after round %d", i).isZero();
            }
        }
    }

    private static Callable<Void> cancelling(Cancellable call, CyclicBarrier together, int spins) {
        return () -> {
            together.await();
            for (int i = 0; i < spins; i++) {
                Thread.onSpinWait();
            }
            call.cancel();
            return null;
        };
    }

    private PacedModel paced(LanguageModel model, Patience patience) {
        return paced(model, patience, 2);
    }

    private PacedModel paced(LanguageModel model, Patience patience, int attempts) {
        return new PacedModel(
                model, new Pace(model.name(), 10, 10), new Circuit(model.name(), LONG), patience, attempts, metrics);
    }

    private static List<ModelEvent> ask(LanguageModel model) {
        return model.next(FakeModel.PROMPT).collect().asList().await().atMost(LONG);
    }

    private static ModelException failure(LanguageModel model) {
        return catchThrowableOfType(ModelException.class, () -> ask(model));
    }
}
