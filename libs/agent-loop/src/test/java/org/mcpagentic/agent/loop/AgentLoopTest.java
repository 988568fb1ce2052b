package org.mcpagentic.agent.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mcpagentic.agent.loop.LoopRuns.failureOf;
import static org.mcpagentic.agent.loop.LoopRuns.task;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.mcpagentic.agent.mask.OutputFilter;
import org.mcpagentic.agent.model.DataFrame;
import org.mcpagentic.agent.model.Message;
import org.mcpagentic.agent.model.ModelException;
import org.mcpagentic.agent.model.Models;
import org.mcpagentic.agent.model.Usage;
import org.mcpagentic.agent.tool.CallThreads;
import org.mcpagentic.agent.tool.SideEffects;
import org.mcpagentic.agent.tool.Tool;
import org.mcpagentic.agent.tool.ToolFailure;
import org.mcpagentic.agent.tool.Toolbox;
import org.mcpagentic.store.Ending;
import org.mcpagentic.store.TaskUsage;
import org.mcpagentic.store.TenantId;

class AgentLoopTest {

    private static final LoopLimits LIMITS =
            new LoopLimits(10, Duration.ofMinutes(1), Duration.ofSeconds(1), 100_000, 1_000_000);

    private final MemoryJournal journal = new MemoryJournal();
    private final List<String> heard = Collections.synchronizedList(new ArrayList<>());

    @Test
    void answersWhereTheModelNeedsNoTool() {
        ScriptedModel model = ScriptedModel.answering("42");

        Conclusion conclusion = run(model, journal);

        assertThat(conclusion.ending()).isEqualTo(new Ending.Succeeded("42"));
        assertThat(conclusion.outcomes()).hasSize(1);
        assertThat(journal.writes()).containsExactly("intent 1");
        assertThat(heard).contains("text 1 42", "model scripted");
    }

    @Test
    void givesTheModelWhatItsToolsReturned() {
        ScriptedModel model = ScriptedModel.calling("read", "read").thenAnswering("done");
        CountingTool tool = CountingTool.returning("read", SideEffects.READ_ONLY, "found");

        Conclusion conclusion = run(model, journal, tool);

        assertThat(conclusion.ending()).isEqualTo(new Ending.Succeeded("done"));
        assertThat(LoopRuns.results(model))
                .containsExactly(
                        new Message.ToolMessage("c0", "read", "found", false),
                        new Message.ToolMessage("c1", "read", "found", false));
        assertThat(journal.used().plus(conclusion.used())).isEqualTo(new TaskUsage(20, 10, 0, 2, 2));
    }

    @Test
    void journalsEveryIntentBeforeTheActAndEveryOutcomeBeforeTheNextStep() {
        ScriptedModel model = ScriptedModel.calling("read", "write").thenAnswering("done");

        run(
                model,
                journal,
                CountingTool.returning("read", SideEffects.READ_ONLY, "r"),
                CountingTool.returning("write", SideEffects.NON_IDEMPOTENT, "w"));

        assertThat(journal.writes())
                .containsExactly("intent 1", "outcome 1", "intent 2", "outcome 2", "intent 3", "outcome 3", "intent 4");
    }

    @Test
    void sendsBackWhatTheProviderWantsBack() {
        ScriptedModel model = ScriptedModel.calling("read").thenAnswering("done");
        run(model, journal, CountingTool.returning("read", SideEffects.READ_ONLY, "r"));
        ScriptedModel resumed = ScriptedModel.answering("done again");

        run(resumed, journal, CountingTool.returning("read", SideEffects.READ_ONLY, "r"));

        assertThat(resumed.prompts().getFirst().messages())
                .filteredOn(Message.ModelMessage.class::isInstance)
                .first()
                .satisfies(message -> assertThat(
                                ((Message.ModelMessage) message).turn().providerState())
                        .contains("{\"thought\":1}"));
    }

    @Test
    void goesOnBehindTheLastJournaledStep() {
        ScriptedModel first = ScriptedModel.calling("read").thenFailing(ModelException.Kind.TRANSIENT);
        CountingTool tool = CountingTool.returning("read", SideEffects.READ_ONLY, "found");
        Conclusion given = run(first, journal, tool);
        journal.record(given.outcomes(), given.used());
        ScriptedModel second = ScriptedModel.answering("done");

        Conclusion conclusion = run(second, journal, tool);

        assertThat(given.ending()).isInstanceOf(Ending.RetryLater.class);
        assertThat(conclusion.ending()).isEqualTo(new Ending.Succeeded("done"));
        assertThat(tool.keys()).containsExactly(LoopRuns.ID + ".2");
        assertThat(second.prompts().getFirst().messages()).hasSize(3);
    }

    @Test
    void repeatsAReadingCallWhoseWorkerDied() {
        AtomicBoolean hanging = new AtomicBoolean(true);
        CountingTool tool = new CountingTool(
                "read",
                SideEffects.READ_ONLY,
                () -> hanging.get()
                        ? Uni.createFrom().nothing()
                        : Uni.createFrom().item("found"));
        start(ScriptedModel.calling("read").thenAnswering("done"), journal, tool)
                .cancel();
        hanging.set(false);

        Conclusion conclusion = run(ScriptedModel.answering("done"), journal, tool);

        assertThat(conclusion.ending()).isEqualTo(new Ending.Succeeded("done"));
        assertThat(tool.keys()).containsExactly(LoopRuns.ID + ".2", LoopRuns.ID + ".2");
    }

    @Test
    void waitsForAPersonWhereACallThatMustNotBeRepeatedHasNoOutcome() {
        CountingTool tool = new CountingTool(
                "pay", SideEffects.NON_IDEMPOTENT, () -> Uni.createFrom().nothing());
        start(ScriptedModel.calling("pay").thenAnswering("paid"), journal, tool).cancel();

        Conclusion conclusion = run(ScriptedModel.answering("paid"), journal, tool);

        assertThat(conclusion.ending())
                .isInstanceOfSatisfying(
                        Ending.Suspended.class,
                        suspended -> assertThat(suspended.reason().code()).isEqualTo("outcome_unknown"));
        assertThat(tool.keys()).hasSize(1);
    }

    @Test
    void waitsForAPersonTooWhereTheToolOfSuchACallIsGoneByNow() {
        CountingTool tool = new CountingTool(
                "pay", SideEffects.NON_IDEMPOTENT, () -> Uni.createFrom().nothing());
        start(ScriptedModel.calling("pay").thenAnswering("paid"), journal, tool).cancel();

        Conclusion conclusion = run(ScriptedModel.answering("paid"), journal);

        assertThat(conclusion.ending()).isInstanceOf(Ending.Suspended.class);
    }

    @Test
    void tellsTheModelWhatItMayRepair() {
        ScriptedModel model = ScriptedModel.calling("divide").thenAnswering("sorry");
        CountingTool tool = new CountingTool(
                "divide", SideEffects.READ_ONLY, () -> Uni.createFrom().failure(new ToolFailure("division by zero")));

        run(model, journal, tool);

        assertThat(LoopRuns.results(model)).contains(new Message.ToolMessage("c0", "divide", "division by zero", true));
    }

    @Test
    void tellsTheModelThatAToolIsNotThere() {
        ScriptedModel model = ScriptedModel.calling("imagined").thenAnswering("sorry");

        run(model, journal, CountingTool.returning("read", SideEffects.READ_ONLY, "r"));

        assertThat(model.prompts().getLast().messages().getLast())
                .isInstanceOfSatisfying(Message.ToolMessage.class, message -> {
                    assertThat(message.failed()).isTrue();
                    assertThat(message.text()).contains("imagined").contains("read");
                });
    }

    @Test
    void doesNotCallAToolThatTheTaskDoesNotAllow() {
        CountingTool forbidden = CountingTool.returning("secret", SideEffects.READ_ONLY, "s");
        ScriptedModel model = ScriptedModel.calling("secret").thenAnswering("sorry");
        Toolbox toolbox = new Toolbox(List.of(forbidden), OutputFilter.NONE);

        Conclusion conclusion = loop(model, toolbox)
                .run(task(List.of()), List.of(), journal, listener(), new CallThreads())
                .await()
                .atMost(Duration.ofSeconds(5));

        assertThat(conclusion.ending()).isEqualTo(new Ending.Succeeded("sorry"));
        assertThat(forbidden.keys()).isEmpty();
    }

    @Test
    void givesUpOnAToolAtItsDeadline() {
        ScriptedModel model = ScriptedModel.calling("slow").thenAnswering("sorry");
        CountingTool tool = new CountingTool(
                "slow", SideEffects.READ_ONLY, () -> Uni.createFrom().nothing());

        run(model, journal, tool);

        assertThat(model.prompts().getLast().messages().getLast())
                .isInstanceOfSatisfying(
                        Message.ToolMessage.class,
                        message -> assertThat(message.text()).contains("within 0.3 s"));
    }

    @Test
    void cutsWhatAToolReturnsBeyondItsBoundAndSaysSo() {
        ScriptedModel model = ScriptedModel.calling("read").thenAnswering("done");

        run(model, journal, CountingTool.returning("read", SideEffects.READ_ONLY, "x".repeat(1000)));

        assertThat(model.prompts().getLast().messages().getLast())
                .isInstanceOfSatisfying(
                        Message.ToolMessage.class,
                        message -> assertThat(DataFrame.contentOf(message.text()))
                                .startsWith("xxx")
                                .contains("1000 characters"));
    }

    @Test
    void givesUpWhenTheStepBudgetIsSpent() {
        ScriptedModel endless = ScriptedModel.calling("read");
        AtomicInteger calls = new AtomicInteger();
        CountingTool tool = new CountingTool(
                "read", SideEffects.READ_ONLY, () -> Uni.createFrom().item("r" + calls.incrementAndGet()));

        Conclusion conclusion = run(endless, journal, tool);

        assertThat(failureOf(conclusion)).isEqualTo("step_budget_spent");
        assertThat(conclusion.steps()).isEqualTo(10);
    }

    @Test
    void givesUpWhenTheTimeIsSpent() {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
        ScriptedModel model = ScriptedModel.calling("read").thenAnswering("too late");
        CountingTool tool = new CountingTool("read", SideEffects.READ_ONLY, () -> {
            now.set(Instant.EPOCH.plusSeconds(61));
            return Uni.createFrom().item("r");
        });
        AgentLoop loop = new AgentLoop(
                Models.only(model),
                new Toolbox(List.of(tool), OutputFilter.NONE),
                LIMITS,
                now::get,
                InstantSource.fixed(Instant.EPOCH));

        Conclusion conclusion = loop.run(task(List.of("read")), List.of(), journal, listener(), new CallThreads())
                .await()
                .atMost(Duration.ofSeconds(5));

        assertThat(failureOf(conclusion)).isEqualTo("time_budget_spent");
    }

    @Test
    void failsAtItsDeadlineInTheMiddleOfATurn() {
        ScriptedModel silent = new ScriptedModel().then(() -> Multi.createFrom().nothing());

        Conclusion conclusion = runWithin(Duration.ofMillis(50), silent);

        assertThat(failureOf(conclusion)).isEqualTo("deadline_exceeded");
    }

    @Test
    void failsAtItsDeadlineInTheMiddleOfATool() {
        AtomicBoolean aborted = new AtomicBoolean();
        CountingTool slow = new CountingTool(
                "read",
                SideEffects.READ_ONLY,
                () -> Uni.createFrom().<String>nothing().onCancellation().invoke(() -> aborted.set(true)));

        Conclusion conclusion =
                runWithin(Duration.ofMillis(100), ScriptedModel.calling("read").thenAnswering("too late"), slow);

        assertThat(failureOf(conclusion)).isEqualTo("deadline_exceeded");
        assertThat(aborted).isTrue();
    }

    private Conclusion runWithin(Duration left, ScriptedModel model, Tool... tools) {
        Toolbox toolbox = new Toolbox(List.of(tools), OutputFilter.NONE);
        List<String> names = toolbox.specs(TenantId.DEFAULT).stream()
                .map(spec -> spec.name())
                .toList();
        return new AgentLoop(Models.only(model), toolbox, LIMITS, Clock.systemUTC(), InstantSource.fixed(Instant.EPOCH))
                .run(
                        LoopRuns.task(names, Optional.empty(), 1, Duration.ZERO, Optional.of(left)),
                        List.of(),
                        journal,
                        listener(),
                        new CallThreads())
                .await()
                .atMost(Duration.ofSeconds(5));
    }

    @Test
    void countsTheTimeThatRedisSaysHasPassedAndNotTheMachinesOwn() {
        InstantSource wrong = InstantSource.fixed(Instant.parse("2100-01-01T00:00:00Z"));
        AgentLoop loop = new AgentLoop(
                Models.only(ScriptedModel.answering("42")),
                new Toolbox(List.of(), OutputFilter.NONE),
                LIMITS,
                wrong,
                InstantSource.fixed(Instant.EPOCH));

        assertThat(concluded(loop, LIMITS.time().minusSeconds(1)).ending()).isInstanceOf(Ending.Succeeded.class);
        assertThat(failureOf(concluded(loop, LIMITS.time()))).isEqualTo("time_budget_spent");
    }

    private Conclusion concluded(AgentLoop loop, Duration elapsed) {
        return loop.run(
                        LoopRuns.task(List.of(), Optional.empty(), 2, elapsed, Optional.empty()),
                        List.of(),
                        journal,
                        listener(),
                        new CallThreads())
                .await()
                .atMost(Duration.ofSeconds(5));
    }

    @Test
    void triesAgainLaterWhereTheModelDidNotAnswerInTime() {
        ScriptedModel silent = new ScriptedModel().then(() -> Multi.createFrom().nothing());

        Conclusion conclusion = run(silent, journal);

        assertThat(conclusion.ending())
                .isInstanceOfSatisfying(
                        Ending.RetryLater.class,
                        later -> assertThat(later.error().code()).isEqualTo("model_unavailable"));
    }

    @Test
    void failsWhereTheModelRefusesForGood() {
        Conclusion conclusion = run(new ScriptedModel().thenFailing(ModelException.Kind.PERMANENT), journal);

        assertThat(failureOf(conclusion)).isEqualTo("model_failed");
    }

    @Test
    void failsWhereAnAdapterBreaksWithoutShowingWhy() {
        ScriptedModel broken = new ScriptedModel().then(() -> {
            throw new IllegalStateException("key=secret");
        });

        Conclusion conclusion = run(broken, journal);

        assertThat(conclusion.ending())
                .isInstanceOfSatisfying(
                        Ending.Failed.class,
                        failed -> assertThat(failed.error().message()).doesNotContain("secret"));
    }

    @Test
    void cutsAnAnswerThatIsTooLongToBeKept() {
        Conclusion conclusion = run(ScriptedModel.answering("y".repeat(300_000)), journal);

        assertThat(conclusion.ending())
                .isInstanceOfSatisfying(
                        Ending.Succeeded.class,
                        succeeded -> assertThat(succeeded.result())
                                .hasSizeLessThan(StepCodec.MOST_BYTES)
                                .contains("the answer had 300000 characters"));
    }

    @Test
    void startsNoStepOnceTheTaskIsBeingCancelled() {
        ScriptedModel model = ScriptedModel.calling("read").thenAnswering("done");
        CountingTool tool = CountingTool.returning("read", SideEffects.READ_ONLY, "r");

        Conclusion conclusion = run(model, journal.cancelledAfter(1), tool);

        assertThat(conclusion.ending()).isEqualTo(new Ending.CancelConfirmed());
        assertThat(tool.keys()).isEmpty();
    }

    @Test
    void abortsTheModelsCallWhenItIsCancelled() {
        AtomicBoolean aborted = new AtomicBoolean();
        ScriptedModel model = new ScriptedModel()
                .then(() -> Multi.createFrom()
                        .<org.mcpagentic.agent.model.ModelEvent>nothing()
                        .onCancellation()
                        .invoke(() -> aborted.set(true)));

        start(model, journal).cancel();

        assertThat(aborted).isTrue();
    }

    @Test
    void runsReadingCallsBesideEachOther() {
        ScriptedModel model = ScriptedModel.calling("slow", "slow", "slow").thenAnswering("done");
        CountingTool tool = new CountingTool(
                "slow", SideEffects.READ_ONLY, () -> Uni.createFrom().nothing());

        UniAssertSubscriber<Conclusion> started = start(model, journal, tool);

        assertThat(tool.keys()).containsExactly(LoopRuns.ID + ".2", LoopRuns.ID + ".3", LoopRuns.ID + ".4");
        started.cancel();
    }

    @RepeatedTest(20)
    void countsEachCallOnceThoughAllReturnAtTheSameTimeOnSeveralThreads() {
        int calls = 64;
        ScriptedModel model = ScriptedModel.calling(
                        Collections.nCopies(calls, "read").toArray(String[]::new))
                .thenAnswering("done");
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            Toolbox toolbox = new Toolbox(
                    List.of(new CountingTool(
                            "read",
                            SideEffects.READ_ONLY,
                            () -> Uni.createFrom().item("found").emitOn(threads))),
                    OutputFilter.NONE);
            AgentLoop loop = new AgentLoop(
                    Models.only(model),
                    toolbox,
                    new LoopLimits(100, Duration.ofMinutes(1), Duration.ofSeconds(10), 1_000_000, 1_000_000),
                    InstantSource.system(),
                    InstantSource.fixed(Instant.EPOCH));

            StepJournal oneAtATime = batch -> {
                synchronized (journal) {
                    return journal.write(batch);
                }
            };

            Conclusion conclusion = loop.run(
                            task(List.of("read")), List.of(), oneAtATime, listener(), new CallThreads())
                    .await()
                    .atMost(Duration.ofSeconds(30));

            assertThat(conclusion.ending()).isEqualTo(new Ending.Succeeded("done"));
            assertThat(journal.used().plus(conclusion.used()).toolCalls()).isEqualTo(calls);
        }
    }

    private Conclusion run(ScriptedModel model, MemoryJournal into, Tool... tools) {
        return uni(model, into, tools).await().atMost(Duration.ofSeconds(10));
    }

    private UniAssertSubscriber<Conclusion> start(ScriptedModel model, MemoryJournal into, Tool... tools) {
        return uni(model, into, tools).subscribe().withSubscriber(UniAssertSubscriber.create());
    }

    private Uni<Conclusion> uni(ScriptedModel model, MemoryJournal into, Tool... tools) {
        Toolbox toolbox = new Toolbox(List.of(tools), OutputFilter.NONE);
        List<String> names = toolbox.specs(TenantId.DEFAULT).stream()
                .map(spec -> spec.name())
                .toList();
        return loop(model, toolbox).run(task(names), into.steps(), into, listener(), new CallThreads());
    }

    private static AgentLoop loop(ScriptedModel model, Toolbox toolbox) {
        return new AgentLoop(
                Models.only(model),
                toolbox,
                LIMITS,
                InstantSource.fixed(Instant.EPOCH),
                InstantSource.fixed(Instant.EPOCH));
    }

    private StepListener listener() {
        return new StepListener() {
            @Override
            public void textArrived(int step, String text) {
                heard.add("text " + step + " " + text);
            }

            @Override
            public void modelAnswered(String model, Duration took, Usage usage) {
                heard.add("model " + model);
            }

            @Override
            public void modelFailed(String model, Duration took) {
                heard.add("failed " + model);
            }

            @Override
            public void toolReturned(String tool, Duration took, boolean failed) {
                heard.add("tool " + tool);
            }
        };
    }
}
