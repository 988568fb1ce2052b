package org.mcpagentic.agent.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mcpagentic.agent.loop.LoopRuns.failureOf;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mcpagentic.agent.mask.OutputFilter;
import org.mcpagentic.agent.model.Message;
import org.mcpagentic.agent.model.ModelEvent;
import org.mcpagentic.agent.model.ModelException;
import org.mcpagentic.agent.model.ModelException.Kind;
import org.mcpagentic.agent.model.Models;
import org.mcpagentic.agent.model.Usage;
import org.mcpagentic.agent.tool.CallThreads;
import org.mcpagentic.agent.tool.SideEffects;
import org.mcpagentic.agent.tool.ToolCall;
import org.mcpagentic.agent.tool.Toolbox;
import org.mcpagentic.store.Ending;

/** What becomes of a task whose model fails, wastes or rambles. */
class ModelTroubleTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final LoopLimits LIMITS =
            new LoopLimits(50, Duration.ofMinutes(1), Duration.ofSeconds(1), 1_000, 500);

    private final MemoryJournal journal = new MemoryJournal();
    private final CountingTool tool = CountingTool.returning("read", SideEffects.READ_ONLY, "found");

    @Test
    void comesBackWhenTheProviderSaidSoAndNotSooner() {
        ScriptedModel model = new ScriptedModel().then(() -> limited(SOON));

        Conclusion conclusion = run(model);

        assertThat(conclusion.ending()).isInstanceOfSatisfying(Ending.RetryLater.class, later -> {
            assertThat(later.error().code()).isEqualTo("model_rate_limited");
            assertThat(later.delay()).isGreaterThan(SOON).isLessThanOrEqualTo(SOON.plusSeconds(4));
        });
    }

    @Test
    void waitingForAProviderUsesUpNoStep() {
        ScriptedModel model = new ScriptedModel().then(() -> limited(SOON));

        for (int i = 0; i < 100; i++) {
            Conclusion conclusion = run(model);
            journal.record(conclusion.outcomes(), conclusion.used());
        }
        Conclusion last = run(ScriptedModel.answering("at last"));

        assertThat(last.ending()).isEqualTo(new Ending.Succeeded("at last"));
        assertThat(last.steps()).isEqualTo(1);
    }

    @Test
    void failsAtOnceWhereTheProviderWantsMoreTimeThanTheTaskHas() {
        ScriptedModel model = new ScriptedModel().then(() -> limited(Duration.ofHours(1)));

        Conclusion conclusion = run(model);

        assertThat(failureOf(conclusion)).isEqualTo("model_rate_limited");
    }

    @Test
    void asksAgainAtOnceWhereATurnCannotBeUsed() {
        ScriptedModel model = new ScriptedModel()
                .thenFailing(Kind.UNUSABLE)
                .thenFailing(Kind.UNUSABLE)
                .thenAnswering("well");

        Conclusion conclusion = run(model);

        assertThat(conclusion.ending()).isEqualTo(new Ending.Succeeded("well"));
        assertThat(conclusion.steps()).isEqualTo(3);
    }

    @Test
    void failsWhereTurnsStayUnusable() {
        Conclusion conclusion = run(new ScriptedModel().thenFailing(Kind.UNUSABLE));

        assertThat(failureOf(conclusion)).isEqualTo("model_unusable");
        assertThat(conclusion.steps()).isEqualTo(3);
    }

    @Test
    void failsAfterFiveFailuresInARowOverAllAttempts() {
        ScriptedModel model = new ScriptedModel().thenFailing(Kind.TRANSIENT);
        for (int i = 0; i < 4; i++) {
            Conclusion earlier = run(model);
            assertThat(earlier.ending()).isInstanceOf(Ending.RetryLater.class);
            journal.record(earlier.outcomes(), earlier.used());
        }

        Conclusion conclusion = run(model);

        assertThat(failureOf(conclusion)).isEqualTo("model_unavailable");
    }

    @ParameterizedTest
    @EnumSource(names = {"QUOTA_EXHAUSTED", "KEY_REFUSED", "BLOCKED", "PERMANENT"})
    void failsAtOnceWhereNoOtherTryCanHelp(Kind kind) {
        Conclusion conclusion = run(new ScriptedModel().thenFailing(kind));

        assertThat(failureOf(conclusion)).isEqualTo(kind.code());
        assertThat(conclusion.steps()).isEqualTo(1);
    }

    @Test
    void saysLessWhereTheProviderCountsMoreTokensThanWeDid() {
        String page = "word ".repeat(7_000);
        CountingTool reader = new CountingTool(
                "page", SideEffects.READ_ONLY, () -> Uni.createFrom().item(page), 40_000);
        ScriptedModel model = ScriptedModel.calling("page", "page", "page", "page", "page", "page")
                .thenFailing(Kind.TOO_LONG)
                .thenAnswering("read");

        Conclusion conclusion = LoopRuns.run(model, journal, LIMITS, InstantSource.fixed(Instant.EPOCH), reader);

        assertThat(conclusion.ending()).isEqualTo(new Ending.Succeeded("read"));
        assertThat(results(model)).anySatisfy(text -> assertThat(text).contains("left out here"));
        assertThat(journal.steps().getLast().intent())
                .isInstanceOfSatisfying(
                        StepIntent.ModelTurn.class,
                        turn -> assertThat(turn.leftOut()).isPositive());
    }

    @Test
    void failsWhereTheModelMakesTheSameCallsAgainAndAgain() {
        Conclusion conclusion = run(ScriptedModel.calling("read"));

        assertThat(failureOf(conclusion)).isEqualTo("model_repeats_itself");
        assertThat(tool.keys()).hasSize(5);
    }

    @Test
    void failsWhereTheModelKeepsCallingAToolThatThereIsNot() {
        Conclusion conclusion = run(ScriptedModel.calling("no_such_tool"));

        assertThat(failureOf(conclusion)).isEqualTo("model_repeats_itself");
    }

    @Test
    void tellsTheModelThatItsArgumentsCouldNotBeRead() {
        ToolCall broken = ToolCall.flawed("c0", "read", "Unexpected character at 3");
        ScriptedModel model = new ScriptedModel()
                .then(() -> Multi.createFrom()
                        .item(new ModelEvent.ToolCalls("scripted", "", List.of(broken), Usage.NONE, Optional.empty())))
                .thenAnswering("sorry");

        Conclusion conclusion = run(model);

        assertThat(conclusion.ending()).isEqualTo(new Ending.Succeeded("sorry"));
        assertThat(results(model))
                .singleElement()
                .satisfies(text -> assertThat(text).contains("could not be read", "Unexpected character at 3"));
        assertThat(tool.keys()).isEmpty();
    }

    @Test
    void takesNoFurtherTurnWhenTheTokensAreSpent() {
        Conclusion conclusion = run(spending(new Usage(600, 400, 0)));

        assertThat(failureOf(conclusion)).isEqualTo("token_budget_spent");
        assertThat(tool.keys()).hasSize(1);
    }

    @Test
    void takesNoFurtherTurnWhenTheMoneyIsSpent() {
        Conclusion conclusion = run(spending(new Usage(1, 1, 500)));

        assertThat(conclusion.ending()).isInstanceOfSatisfying(Ending.Failed.class, failed -> {
            assertThat(failed.error().code()).isEqualTo("cost_budget_spent");
            assertThat(failed.error().message()).contains("0.0005 US dollars");
        });
    }

    @Test
    void givesUpWhenTheTimeIsSpentHoweverOftenTheFirstTurnWasPutOff() {
        ScriptedModel model = new ScriptedModel().then(() -> limited(SOON));
        Conclusion first = run(model);
        journal.record(first.outcomes(), first.used());

        Conclusion last = LoopRuns.run(model, journal, LIMITS, () -> Instant.EPOCH.plusSeconds(45), tool);

        assertThat(first.ending()).isInstanceOf(Ending.RetryLater.class);
        assertThat(failureOf(last)).isEqualTo("model_rate_limited");
    }

    @Test
    void aModelThatIsLeftAloneCostsNoAttempt() {
        ScriptedModel model = new ScriptedModel().thenFailing(Kind.RESTING);

        Conclusion conclusion = run(model);

        assertThat(conclusion.ending()).isInstanceOf(Ending.RetryLater.class);
        assertThat(conclusion.outcomes()).isEmpty();
    }

    @Test
    void whatFailedTurnsUsedCounts() {
        ModelException paid =
                new ModelException(Kind.UNUSABLE, "rambled", Optional.empty()).after(new Usage(600, 400, 70));
        ScriptedModel model = new ScriptedModel().then(() -> Multi.createFrom().failure(paid));

        Conclusion conclusion = run(model);

        assertThat(failureOf(conclusion)).isEqualTo("token_budget_spent");
        assertThat(journal.used().plus(conclusion.used()).costMicros()).isEqualTo(70);
    }

    @Test
    void waitsForAReplicaThatKnowsTheModelThatWasAskedFor() {
        assertThat(withoutModel(1).ending()).isInstanceOf(Ending.RetryLater.class);
    }

    @Test
    void failsWhereTheModelThatWasAskedForIsNotConnectedAnyMore() {
        assertThat(failureOf(withoutModel(10))).isEqualTo("unknown_model");
    }

    private Conclusion withoutModel(int attempt) {
        return new AgentLoop(
                        Models.only(ScriptedModel.answering("x")),
                        new Toolbox(List.of(), OutputFilter.NONE),
                        LIMITS,
                        InstantSource.fixed(Instant.EPOCH),
                        InstantSource.fixed(Instant.EPOCH))
                .run(
                        LoopRuns.task(List.of(), Optional.of("gone"), attempt),
                        List.of(),
                        journal,
                        LoopRuns.deaf(),
                        new CallThreads())
                .await()
                .atMost(Duration.ofSeconds(5));
    }

    private Conclusion run(ScriptedModel model) {
        return LoopRuns.run(model, journal, LIMITS, InstantSource.fixed(Instant.EPOCH), tool);
    }

    private static List<String> results(ScriptedModel model) {
        return LoopRuns.results(model).stream().map(Message.ToolMessage::text).toList();
    }

    private static ScriptedModel spending(Usage usage) {
        ToolCall call = new ToolCall("c0", "read", JsonNodeFactory.instance.objectNode());
        return new ScriptedModel()
                .then(() -> Multi.createFrom()
                        .item(new ModelEvent.ToolCalls("scripted", "", List.of(call), usage, Optional.empty())));
    }

    private static Multi<ModelEvent> limited(Duration after) {
        return Multi.createFrom().failure(new ModelException(Kind.RATE_LIMITED, "not now", Optional.of(after)));
    }
}
