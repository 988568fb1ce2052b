package org.mcpagentic.agent.loop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.mcpagentic.agent.approval.CallPolicy;
import org.mcpagentic.agent.approval.CallPolicy.Verdict;
import org.mcpagentic.agent.approval.CanonicalArguments;
import org.mcpagentic.agent.mask.OutputFilter;
import org.mcpagentic.agent.model.Message;
import org.mcpagentic.agent.model.ModelEvent.ToolCalls;
import org.mcpagentic.agent.model.Models;
import org.mcpagentic.agent.model.Usage;
import org.mcpagentic.agent.tool.CallThreads;
import org.mcpagentic.agent.tool.SideEffects;
import org.mcpagentic.agent.tool.Tool;
import org.mcpagentic.agent.tool.ToolCall;
import org.mcpagentic.agent.tool.ToolSpec;
import org.mcpagentic.agent.tool.Toolbox;
import org.mcpagentic.store.Approval;
import org.mcpagentic.store.ApprovalId;
import org.mcpagentic.store.ApprovalRequest;
import org.mcpagentic.store.ApprovalState;
import org.mcpagentic.store.CallArguments;
import org.mcpagentic.store.Ending;
import org.mcpagentic.store.OwnerId;
import org.mcpagentic.store.TenantId;

/** Calls that a person has to let be made. */
class ApprovalTest {

    private static final OwnerId PERSON = new OwnerId("person");
    private static final Duration EXPIRY = Duration.ofHours(1);
    private static final LoopLimits LIMITS =
            new LoopLimits(50, Duration.ofMinutes(5), Duration.ofSeconds(10), 100_000, 1_000_000);

    /** Asks for what changes something anew, as the services do. */
    private static final CallPolicy ASKING = (tenant, tool, arguments) ->
            tool.sideEffects() == SideEffects.NON_IDEMPOTENT ? new Verdict.Ask(EXPIRY) : new Verdict.Allow();

    private final MemoryJournal journal = new MemoryJournal();
    private final CountingTool pay = CountingTool.returning("pay", SideEffects.NON_IDEMPOTENT, "paid");
    private final CountingTool read = CountingTool.returning("read", SideEffects.READ_ONLY, "found");
    private final CountingTool put = CountingTool.returning("put", SideEffects.IDEMPOTENT, "stored");
    private List<Approval> approvals = List.of();

    @Test
    void asksBeforeACallThatThePolicyDoesNotLeaveToTheModel() {
        Conclusion conclusion = run(ScriptedModel.calling("pay").thenAnswering("done"), ASKING);

        assertThat(pay.keys()).isEmpty();
        assertThat(requests(conclusion)).singleElement().satisfies(request -> {
            assertThat(request.step()).isEqualTo(2);
            assertThat(request.toolName()).isEqualTo("pay");
            assertThat(request.sideEffects()).isEqualTo("non_idempotent");
            assertThat(request.arguments().json()).isEqualTo("{\"n\":0}");
            assertThat(request.expiry()).isEqualTo(EXPIRY);
        });
        assertThat(((Ending.Suspended) conclusion.ending()).reason().code()).isEqualTo("approval_required");
    }

    @Test
    void makesAnApprovedCallOnce() {
        ask(ScriptedModel.calling("pay"));
        approve(0);
        ScriptedModel model = ScriptedModel.answering("done");

        Conclusion conclusion = run(model, ASKING);

        assertThat(conclusion.ending()).isEqualTo(new Ending.Succeeded("done"));
        assertThat(pay.arguments()).containsExactly("{\"n\":0}");
        assertThat(LoopRuns.results(model)).containsExactly(new Message.ToolMessage("c0", "pay", "paid", false));
    }

    @Test
    void makesACallWithTheArgumentsThatAPersonGaveInstead() {
        ask(ScriptedModel.calling("pay"));
        edit(0, 7);
        ScriptedModel model = ScriptedModel.answering("done");

        run(model, ASKING);

        assertThat(pay.arguments()).containsExactly("{\"n\":7}");
        assertThat(LoopRuns.results(model))
                .singleElement()
                .satisfies(result -> assertThat(result.text())
                        .contains("A person changed the arguments")
                        .contains("{\"n\":7}")
                        .endsWith("\npaid"));
        assertThat(journal.steps().get(1).intent())
                .isInstanceOfSatisfying(
                        StepIntent.ToolExecution.class,
                        intent -> assertThat(intent.call().arguments().path("n").asInt())
                                .isEqualTo(7));
    }

    @Test
    void tellsTheModelWhyAPersonRefused() {
        ask(ScriptedModel.calling("pay"));
        decide(0, new ApprovalState.Refused(PERSON, Instant.EPOCH, "not on a Sunday"));
        ScriptedModel model = ScriptedModel.answering("sorry");

        Conclusion conclusion = run(model, ASKING);

        assertThat(conclusion.ending()).isEqualTo(new Ending.Succeeded("sorry"));
        assertThat(pay.keys()).isEmpty();
        assertThat(LoopRuns.results(model)).singleElement().satisfies(result -> {
            assertThat(result.failed()).isTrue();
            assertThat(result.text()).contains("a person refused").contains("not on a Sunday");
        });
    }

    @Test
    void tellsTheModelThatNobodyDecidedInTime() {
        ask(ScriptedModel.calling("pay"));
        decide(0, new ApprovalState.Expired(Instant.EPOCH));
        ScriptedModel model = ScriptedModel.answering("sorry");

        run(model, ASKING);

        assertThat(pay.keys()).isEmpty();
        assertThat(LoopRuns.results(model))
                .singleElement()
                .satisfies(result -> assertThat(result.text()).contains("nobody decided in time"));
    }

    @Test
    void neverMakesACallThatThePolicyDenies() {
        ScriptedModel model = ScriptedModel.calling("pay", "read").thenAnswering("sorry");
        CallPolicy denying = (tenant, tool, arguments) ->
                tool.name().equals("pay") ? new Verdict.Deny("no payments") : new Verdict.Allow();

        Conclusion conclusion = run(model, denying);

        assertThat(conclusion.ending()).isEqualTo(new Ending.Succeeded("sorry"));
        assertThat(pay.keys()).isEmpty();
        assertThat(read.keys()).hasSize(1);
        assertThat(LoopRuns.results(model).getFirst().text())
                .contains("not allowed here")
                .contains("no payments");
        assertThat(journal.writes()).contains("outcome 2", "intent 2");
    }

    @Test
    void doesNotCountACallThatIsNotMade() {
        run(ScriptedModel.calling("pay").thenAnswering("sorry"), (tenant, tool, arguments) -> new Verdict.Deny(""));

        assertThat(journal.used().toolCalls()).isZero();
    }

    @Test
    void aPolicyThatChangedSinceDeniesWhatAPersonApproved() {
        ask(ScriptedModel.calling("pay"));
        approve(0);

        Conclusion conclusion =
                run(ScriptedModel.answering("sorry"), (tenant, tool, arguments) -> new Verdict.Deny("closed"));

        assertThat(conclusion.ending()).isInstanceOf(Ending.Succeeded.class);
        assertThat(pay.keys()).isEmpty();
    }

    @Test
    void aPersonCannotGiveArgumentsThatThePolicyDenies() {
        ask(ScriptedModel.calling("pay"));
        edit(0, 1_000_000);
        CallPolicy bounded = (tenant, tool, arguments) -> arguments.path("n").asInt() > 1_000
                ? new Verdict.Deny("too much")
                : ASKING.verdict(tenant, tool, arguments);

        run(ScriptedModel.answering("sorry"), bounded);

        assertThat(pay.keys()).isEmpty();
    }

    @Test
    void makesWhatNeedsNobodyFirstAndAsksForAllOthersOfTheTurnAtOnce() {
        Conclusion conclusion = run(ScriptedModel.calling("pay", "read", "pay"), ASKING);

        assertThat(read.keys()).containsExactly(LoopRuns.ID + ".3");
        assertThat(requests(conclusion)).extracting(ApprovalRequest::step).containsExactly(2, 4);
    }

    @Test
    void keepsTheOrderOfCallsThatChangeSomething() {
        Conclusion asking = ask(ScriptedModel.calling("pay", "put"));
        List<String> before = List.copyOf(put.keys());
        approve(0);

        run(ScriptedModel.answering("done"), ASKING);

        assertThat(requests(asking)).hasSize(1);
        assertThat(before).isEmpty();
        assertThat(put.keys()).containsExactly(LoopRuns.ID + ".3");
        assertThat(journal.writes()).containsSubsequence("intent 2", "outcome 2", "intent 3");
    }

    @Test
    void mixesWhatPeopleDecided() {
        ask(ScriptedModel.calling("pay", "pay", "pay"));
        approve(0);
        decide(1, new ApprovalState.Refused(PERSON, Instant.EPOCH, ""));
        edit(2, 9);
        ScriptedModel model = ScriptedModel.answering("done");

        run(model, ASKING);

        assertThat(pay.arguments()).containsExactly("{\"n\":0}", "{\"n\":9}");
        assertThat(LoopRuns.results(model))
                .extracting(Message.ToolMessage::callId, Message.ToolMessage::failed)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("c0", false),
                        org.assertj.core.groups.Tuple.tuple("c1", true),
                        org.assertj.core.groups.Tuple.tuple("c2", false));
    }

    @Test
    void aDecisionServesNoOtherStep() {
        ask(ScriptedModel.calling("pay"));
        approve(0);

        Conclusion conclusion = run(ScriptedModel.calling("pay").thenAnswering("done"), ASKING);

        assertThat(pay.keys()).containsExactly(LoopRuns.ID + ".2");
        assertThat(requests(conclusion)).extracting(ApprovalRequest::step).containsExactly(4);
    }

    @Test
    void aDecisionServesNoOtherArguments() {
        ask(ScriptedModel.calling("pay"));
        Approval approval = approvals.getFirst();
        CallArguments others =
                CanonicalArguments.of(JsonNodeFactory.instance.objectNode().put("n", 5));
        approvals = List.of(with(
                new ApprovalRequest(2, "pay", "non_idempotent", others, EXPIRY),
                0,
                new ApprovalState.Approved(PERSON, Instant.EPOCH, others, false)));

        Conclusion conclusion = run(ScriptedModel.answering("done"), ASKING);

        assertThat(pay.keys()).isEmpty();
        assertThat(requests(conclusion).getFirst().arguments()).isEqualTo(approval.arguments());
    }

    @Test
    void argumentsThatDoNotBelongToTheirDigestAreNotUsed() {
        ask(ScriptedModel.calling("pay"));
        CallArguments asked = approvals.getFirst().arguments();
        decide(
                0,
                new ApprovalState.Approved(
                        PERSON, Instant.EPOCH, new CallArguments("{\"n\":999}", asked.digest()), false));

        run(ScriptedModel.answering("sorry"), ASKING);

        assertThat(pay.keys()).isEmpty();
    }

    @Test
    void asksNobodyAboutWhatTheToolWouldNotBeGiven() {
        ScriptedModel model = new ScriptedModel()
                .then(() -> Multi.createFrom()
                        .item(new ToolCalls(
                                "scripted",
                                "",
                                List.of(ToolCall.flawed("c0", "pay", "no JSON")),
                                new Usage(1, 1, 0),
                                Optional.empty())))
                .thenAnswering("sorry");

        Conclusion conclusion = run(model, ASKING);

        assertThat(conclusion.ending()).isEqualTo(new Ending.Succeeded("sorry"));
        assertThat(pay.keys()).isEmpty();
        assertThat(LoopRuns.results(model).getFirst().text()).contains("no JSON");
    }

    @Test
    void doesNotMakeACallOfAToolThatIsAwayAndMayBeBack() {
        ScriptedModel model = ScriptedModel.calling("away").thenAnswering("sorry");

        Conclusion conclusion = loop(model, ASKING, pay)
                .run(LoopRuns.task(List.of("pay", "away")), List.of(), journal, LoopRuns.deaf(), new CallThreads())
                .await()
                .atMost(Duration.ofSeconds(5));

        assertThat(conclusion.ending()).isEqualTo(new Ending.Succeeded("sorry"));
        assertThat(LoopRuns.results(model)).singleElement().satisfies(result -> {
            assertThat(result.failed()).isTrue();
            assertThat(result.text()).contains("away").contains("at the moment");
        });
    }

    @Test
    void aCallThatIsTakenAgainAfterItsWorkerDiedIsMadeWithWhatWasApproved() {
        AtomicReference<Uni<String>> answer =
                new AtomicReference<>(Uni.createFrom().nothing());
        CountingTool slow = new CountingTool("slow", SideEffects.IDEMPOTENT, answer::get);
        CallPolicy asking = (tenant, tool, arguments) -> new Verdict.Ask(EXPIRY);
        approvals = decidedBy(run(ScriptedModel.calling("slow"), asking, slow));
        edit(0, 3);
        begin(ScriptedModel.answering("done"), asking, journal, slow).cancel();
        answer.set(Uni.createFrom().item("stored"));

        Conclusion conclusion = run(ScriptedModel.answering("done"), asking, slow);

        assertThat(conclusion.ending()).isEqualTo(new Ending.Succeeded("done"));
        assertThat(slow.arguments()).containsExactly("{\"n\":3}", "{\"n\":3}");
    }

    /** The worker dies behind each of its writes in turn, the last of which did or did not arrive. */
    @Test
    void whereverItsWorkerDiesNothingIsCalledTwiceAndNoDecisionIsLost() {
        AtomicInteger deaths = new AtomicInteger();
        for (int writes = 0; writes < 8; writes++) {
            for (boolean arrived : new boolean[] {true, false}) {
                ApprovalTest life = new ApprovalTest();
                life.ask(ScriptedModel.calling("pay", "read", "put", "pay", "pay"));
                life.approve(0);
                life.decide(1, new ApprovalState.Refused(PERSON, Instant.EPOCH, "no"));
                life.edit(2, 8);
                AtomicInteger left = new AtomicInteger(writes);
                boolean last = arrived;
                StepJournal dying = batch -> {
                    int remaining = left.getAndDecrement();
                    if (remaining > 0) {
                        return life.journal.write(batch);
                    }
                    if (remaining == 0) {
                        deaths.incrementAndGet();
                        if (last) {
                            life.journal.write(batch);
                        }
                    }
                    return Uni.createFrom().nothing();
                };
                life.begin(ScriptedModel.answering("done"), ASKING, dying).cancel();

                ScriptedModel model = ScriptedModel.answering("done");
                Conclusion conclusion = life.run(model, ASKING);

                assertThat(life.pay.keys()).as("died behind %s writes", writes).doesNotHaveDuplicates();
                assertThat(life.pay.arguments()).isSubsetOf("{\"n\":0}", "{\"n\":8}");
                if (conclusion.ending() instanceof Ending.Suspended suspended) {
                    assertThat(suspended.reason().code()).isEqualTo("outcome_unknown");
                } else {
                    assertThat(life.pay.arguments()).containsExactly("{\"n\":0}", "{\"n\":8}");
                    assertThat(LoopRuns.results(model))
                            .extracting(Message.ToolMessage::callId)
                            .containsExactly("c0", "c1", "c2", "c3", "c4");
                }
            }
        }
        assertThat(deaths.get()).isGreaterThan(6);
    }

    @Test
    void whatAnotherTaskBeganIsAskedForAnew() {
        CallPolicy asking = (tenant, tool, arguments) -> new Verdict.Ask(EXPIRY);
        approvals = decidedBy(run(ScriptedModel.calling("put"), asking));
        edit(0, 3);
        AtomicInteger left = new AtomicInteger(1);
        begin(
                        ScriptedModel.answering("done"),
                        asking,
                        batch -> left.getAndDecrement() > 0
                                ? journal.write(batch)
                                        .chain(() -> Uni.createFrom().nothing())
                                : Uni.createFrom().nothing())
                .cancel();
        List<Step> copied = journal.steps().stream()
                .map(step ->
                        new Step(step.number(), 0, step.intent(), step.startedAt(), step.outcome(), step.finishedAt()))
                .toList();

        Conclusion conclusion = loop(ScriptedModel.answering("done"), asking, pay, read, put)
                .run(
                        LoopRuns.task(List.of("pay", "read", "put")),
                        copied,
                        List.of(),
                        new MemoryJournal(),
                        LoopRuns.deaf(),
                        new CallThreads())
                .await()
                .atMost(Duration.ofSeconds(5));

        assertThat(requests(conclusion))
                .singleElement()
                .satisfies(request -> assertThat(request.arguments().json()).isEqualTo("{\"n\":0}"));
        assertThat(put.keys()).isEmpty();
    }

    private Conclusion ask(ScriptedModel model) {
        Conclusion conclusion = run(model, ASKING);
        approvals = decidedBy(conclusion);
        return conclusion;
    }

    /** What the store makes of the requests; all are pending. */
    private static List<Approval> decidedBy(Conclusion conclusion) {
        List<Approval> made = new ArrayList<>();
        for (ApprovalRequest request : requests(conclusion)) {
            made.add(with(request, made.size(), new ApprovalState.Pending()));
        }
        return made;
    }

    private static Approval with(ApprovalRequest request, int number, ApprovalState state) {
        return new Approval(
                new ApprovalId("p0-" + "0".repeat(25) + number),
                LoopRuns.ID,
                TenantId.DEFAULT,
                request.step(),
                request.toolName(),
                request.sideEffects(),
                request.arguments(),
                Instant.EPOCH,
                Instant.EPOCH.plus(request.expiry()),
                1,
                state);
    }

    private void approve(int number) {
        decide(
                number,
                new ApprovalState.Approved(
                        PERSON, Instant.EPOCH, approvals.get(number).arguments(), false));
    }

    private void edit(int number, int n) {
        CallArguments arguments =
                CanonicalArguments.of(JsonNodeFactory.instance.objectNode().put("n", n));
        decide(number, new ApprovalState.Approved(PERSON, Instant.EPOCH, arguments, true));
    }

    private void decide(int number, ApprovalState state) {
        List<Approval> changed = new ArrayList<>(approvals);
        Approval asked = changed.get(number);
        changed.set(
                number,
                with(
                        new ApprovalRequest(
                                asked.step(), asked.toolName(), asked.sideEffects(), asked.arguments(), EXPIRY),
                        number,
                        state));
        approvals = List.copyOf(changed);
    }

    private static List<ApprovalRequest> requests(Conclusion conclusion) {
        assertThat(conclusion.ending()).isInstanceOf(Ending.Suspended.class);
        return ((Ending.Suspended) conclusion.ending()).requests();
    }

    /** Runs behind what the journal holds, and writes what is left to write at its end. */
    private Conclusion run(ScriptedModel model, CallPolicy policy) {
        return run(model, policy, pay, read, put);
    }

    private Conclusion run(ScriptedModel model, CallPolicy policy, Tool... tools) {
        Conclusion conclusion = loop(model, policy, tools)
                .run(
                        LoopRuns.task(names(tools)),
                        journal.steps(),
                        approvals,
                        journal,
                        LoopRuns.deaf(),
                        new CallThreads())
                .await()
                .atMost(Duration.ofSeconds(5));
        journal.record(conclusion.outcomes(), conclusion.used());
        return conclusion;
    }

    private Cancellable begin(ScriptedModel model, CallPolicy policy, StepJournal into, Tool... tools) {
        Tool[] all = tools.length == 0 ? new Tool[] {pay, read, put} : tools;
        return loop(model, policy, all)
                .run(LoopRuns.task(names(all)), journal.steps(), approvals, into, LoopRuns.deaf(), new CallThreads())
                .subscribe()
                .with(conclusion -> {});
    }

    private static AgentLoop loop(ScriptedModel model, CallPolicy policy, Tool... tools) {
        return new AgentLoop(
                Models.only(model),
                new Toolbox(List.of(tools), OutputFilter.NONE),
                policy,
                LIMITS,
                InstantSource.fixed(Instant.EPOCH),
                InstantSource.fixed(Instant.EPOCH));
    }

    private static List<String> names(Tool... tools) {
        return List.of(tools).stream().map(Tool::spec).map(ToolSpec::name).toList();
    }
}
