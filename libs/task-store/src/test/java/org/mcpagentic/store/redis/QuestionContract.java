package org.mcpagentic.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mcpagentic.store.redis.TestStore.await;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mcpagentic.store.AiResponse;
import org.mcpagentic.store.Guard;
import org.mcpagentic.store.Idempotency;
import org.mcpagentic.store.OwnerId;
import org.mcpagentic.store.Progress.Settlement;
import org.mcpagentic.store.Question;
import org.mcpagentic.store.QuestionLedger.Admission;
import org.mcpagentic.store.QuestionLedger.Answered;
import org.mcpagentic.store.ResponseId;
import org.mcpagentic.store.SessionId;
import org.mcpagentic.store.Statistics;
import org.mcpagentic.store.StatisticsReader.Work;
import org.mcpagentic.store.StoreException;
import org.mcpagentic.store.StoreException.Code;
import org.mcpagentic.store.TaskId;
import org.mcpagentic.store.TenantId;

/** What every setting of the store keeps of direct questions. */
interface QuestionContract {

    Answered ANSWER = new Answered("why?", "because", "offline", 3, 2, 1);
    Idempotency KEY = new Idempotency("POST /ask k1", "fingerprint");

    TestStore store();

    @Test
    default void keepsTheAnswerWithWhatBelongsToIt() {
        Question question = aQuestion(Optional.empty(), List.of());
        ResponseId id = admitted(question);
        AiResponse settled = await(store().questions.settle(id, question, ANSWER, List.of()));

        AiResponse found = await(store().questions.find(question.tenant(), id));

        assertThat(found).isEqualTo(settled);
        assertThat(found.text()).isEqualTo("because");
        assertThat(found.prompt()).isEqualTo("why?");
        assertThat(found.session()).isEqualTo(question.session());
        assertThat(found.responseTime()).isPositive();
    }

    @Test
    default void keepsTheAnswerForSevenDaysAndNothingElse() {
        Question question = aQuestion(Optional.of(KEY), List.of());
        ResponseId id = admitted(question);
        await(store().questions.settle(id, question, ANSWER, List.of()));

        assertThat(secondsLeft(Key.RESPONSE, question, id.value()))
                .isBetween(
                        Duration.ofDays(7).toSeconds() - 60, Duration.ofDays(7).toSeconds());
        assertThat(secondsLeft(Key.IDEM, question, question.tenant() + ":" + KEY.scope()))
                .isBetween(
                        Duration.ofDays(1).toSeconds() - 60, Duration.ofDays(1).toSeconds());
        assertThat(secondsLeft(Key.ASKED, question, id.value())).isEqualTo(-2);
    }

    @Test
    default void replaysTheAnswerUnderItsKey() {
        Question question = aQuestion(Optional.of(KEY), List.of());
        AiResponse first = await(store().questions.settle(admitted(question), question, ANSWER, List.of()));

        Admission second = await(store().questions.admit(question));

        assertThat(second).isEqualTo(new Admission.Replayed(first));
    }

    @Test
    default void refusesAKeyWhoseFirstQuestionIsUnderWay() {
        Question question = aQuestion(Optional.of(KEY), List.of());
        admitted(question);

        refuses(Code.IDEMPOTENCY_IN_FLIGHT, store().questions.admit(question));
    }

    @Test
    default void admitsOneOfManyParallelQuestionsUnderOneKey() {
        Question question = aQuestion(Optional.of(KEY), List.of());

        List<String> outcomes = await(Uni.join()
                .all(IntStream.range(0, 50)
                        .mapToObj(i -> store().questions
                                .admit(question)
                                .map(admission -> "admitted")
                                .onFailure(StoreException.class)
                                .recoverWithItem(refusal -> refusal.code().name()))
                        .toList())
                .andFailFast());

        assertThat(outcomes).filteredOn("admitted"::equals).hasSize(1);
        assertThat(outcomes)
                .filteredOn(Code.IDEMPOTENCY_IN_FLIGHT.name()::equals)
                .hasSize(49);
    }

    @Test
    default void refusesAKeyThatAnotherQuestionUsed() {
        Question question = aQuestion(Optional.of(KEY), List.of());
        Question other = with(question, new Idempotency(KEY.scope(), "another"));
        ResponseId id = admitted(question);

        refuses(Code.IDEMPOTENCY_MISMATCH, store().questions.admit(other));
        await(store().questions.settle(id, question, ANSWER, List.of()));
        refuses(Code.IDEMPOTENCY_MISMATCH, store().questions.admit(other));
    }

    @Test
    default void freesTheKeyOfAQuestionThatWasNotAnswered() {
        Question question = aQuestion(Optional.of(KEY), List.of());
        await(store().questions.abandon(admitted(question), question, false, List.of()));

        Admission again = await(store().questions.admit(question));

        assertThat(again).isInstanceOf(Admission.Admitted.class);
    }

    @Test
    default void doesNotFreeTheKeyOfItsSuccessorWhenItIsAbandonedTwice() {
        Question question = aQuestion(Optional.of(KEY), List.of());
        ResponseId first = admitted(question);
        await(store().questions.abandon(first, question, false, List.of()));
        admitted(question);

        await(store().questions.abandon(first, question, false, List.of()));

        refuses(Code.IDEMPOTENCY_IN_FLIGHT, store().questions.admit(question));
    }

    @Test
    default void countsASettlementOnceHoweverOftenItIsSent() {
        Guard budget = new Guard.Budget("budget:" + UUID.randomUUID(), 10, 100, Duration.ofHours(1));
        Question question = aQuestion(Optional.empty(), List.of(budget));
        ResponseId id = admitted(question);
        List<Settlement> back = List.of(new Settlement(budget.name(), -4));
        AiResponse first = await(store().questions.settle(id, question, ANSWER, back));

        AiResponse second = await(store().questions.settle(id, question, ANSWER, back));
        await(store().questions.abandon(id, question, true, back));

        assertThat(second).isEqualTo(first);
        assertThat(read(question).processed()).isEqualTo(1);
        assertThat(store().raw(Command.GET, key(Key.GUARD, question, budget.name()))
                        .toString())
                .isEqualTo("6");
    }

    @Test
    default void leavesNoKeyOfAGuardThatCountsNothingAnyMore() {
        Guard atOnce = new Guard.Slots("concurrency:" + UUID.randomUUID(), 1, Duration.ofHours(1));
        Question question = aQuestion(Optional.empty(), List.of(atOnce));
        ResponseId id = admitted(question);
        refuses(Code.GUARD_REFUSED, store().questions.admit(question));

        await(store().questions.settle(id, question, ANSWER, List.of()));

        assertThat(secondsLeft(Key.GUARD, question, atOnce.name())).isEqualTo(-2);
        admitted(question);
    }

    @Test
    default void showsAnotherTenantNothing() {
        Question question = aQuestion(Optional.of(KEY), List.of());
        ResponseId id = admitted(question);
        await(store().questions.settle(id, question, ANSWER, List.of()));
        Question stranger = aQuestion(Optional.of(KEY), List.of());

        refuses(Code.RESPONSE_NOT_FOUND, store().questions.find(stranger.tenant(), id));
        assertThat(await(store().questions.admit(stranger))).isInstanceOf(Admission.Admitted.class);
    }

    @Test
    default void knowsNoResponseThatThereIsNot() {
        TenantId tenant = TenantId.DEFAULT;
        TaskId task = new TaskId("t0-00000000000000000000000000");

        refuses(
                Code.RESPONSE_NOT_FOUND,
                store().questions.find(tenant, new ResponseId("r0-00000000000000000000000000")));
        refuses(
                Code.RESPONSE_NOT_FOUND,
                store().questions.find(tenant, new ResponseId("rzz-00000000000000000000000000")));
        refuses(Code.RESPONSE_NOT_FOUND, store().questions.find(tenant, ResponseId.ofStep(task, 1)));
    }

    @Test
    default void countsQuestionsExactly() {
        Question question = aQuestion(Optional.empty(), List.of());
        AiResponse first = await(store().questions.settle(admitted(question), question, ANSWER, List.of()));
        AiResponse second = await(store().questions.settle(admitted(question), question, ANSWER, List.of()));
        await(store().questions.abandon(admitted(question), question, false, List.of()));
        await(store().questions.abandon(admitted(question), question, true, List.of()));
        admitted(question);

        Statistics counted = read(question);

        assertThat(counted.processed()).isEqualTo(4);
        assertThat(counted.successful()).isEqualTo(2);
        assertThat(counted.failed()).isEqualTo(1);
        assertThat(counted.cancelled()).isEqualTo(1);
        assertThat(counted.inputTokens()).isEqualTo(6);
        assertThat(counted.outputTokens()).isEqualTo(4);
        assertThat(counted.costMicros()).isEqualTo(2);
        assertThat(counted.activeSessions()).isEqualTo(1);
        assertThat(counted.totalResponseTime())
                .isGreaterThanOrEqualTo(first.responseTime().plus(second.responseTime()));
        assertThat(counted.tasks()).isEmpty();
    }

    /** A clock that stepped back, as after a failover to a replica with another one, makes no time negative. */
    @Test
    default void staysReadableWhereTheClockStepsBack() {
        Question question = aQuestion(Optional.empty(), List.of());
        ResponseId id = admitted(question);
        store().raw(Command.SET, key(Key.ASKED, question, id.value()), "9000000000000000", "EX", "900");

        AiResponse settled = await(store().questions.settle(id, question, ANSWER, List.of()));

        assertThat(settled.responseTime()).isZero();
        assertThat(read(question).totalResponseTime()).isZero();
        assertThat(read(question).p95()).isPresent();
    }

    private Statistics read(Question question) {
        return await(store().statistics.read(Work.QUESTIONS, question.tenant()));
    }

    private ResponseId admitted(Question question) {
        return ((Admission.Admitted) await(store().questions.admit(question))).id();
    }

    private long secondsLeft(Key key, Question question, String rest) {
        return store().raw(Command.TTL, key(key, question, rest)).toLong();
    }

    private String key(Key key, Question question, String rest) {
        return key.in(new Shards(store().queue.shards()).of(question.tenant()), rest);
    }

    private static Question with(Question question, Idempotency key) {
        return new Question(
                question.tenant(),
                question.owner(),
                question.session(),
                question.userAgent(),
                Optional.of(key),
                question.guards());
    }

    private static Question aQuestion(Optional<Idempotency> key, List<Guard> guards) {
        return new Question(
                new TenantId("q" + UUID.randomUUID().toString().substring(0, 8)),
                new OwnerId("local"),
                new SessionId("session-1"),
                "test",
                key,
                guards);
    }

    private static void refuses(Code code, Uni<?> call) {
        assertThatThrownBy(() -> await(call))
                .isInstanceOfSatisfying(
                        StoreException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(code));
    }
}
