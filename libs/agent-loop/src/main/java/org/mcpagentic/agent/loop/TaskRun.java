package org.mcpagentic.agent.loop;

import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.mcpagentic.agent.loop.Transcript.OpenCall;
import org.mcpagentic.agent.model.DataFrame;
import org.mcpagentic.agent.model.FailedTurn;
import org.mcpagentic.agent.model.LanguageModel;
import org.mcpagentic.agent.model.ModelEvent.Answer;
import org.mcpagentic.agent.model.ModelEvent.TextDelta;
import org.mcpagentic.agent.model.ModelEvent.Turn;
import org.mcpagentic.agent.model.ModelException;
import org.mcpagentic.agent.model.Prompt;
import org.mcpagentic.agent.model.PromptSize;
import org.mcpagentic.agent.model.Usage;
import org.mcpagentic.agent.tool.CallThreads;
import org.mcpagentic.agent.tool.SideEffects;
import org.mcpagentic.agent.tool.ToolContext;
import org.mcpagentic.agent.tool.ToolResult;
import org.mcpagentic.agent.tool.ToolSpec;
import org.mcpagentic.agent.tool.Toolbox;
import org.mcpagentic.store.ApprovalRequest;
import org.mcpagentic.store.ClaimedTask;
import org.mcpagentic.store.DailyBudget;
import org.mcpagentic.store.Ending;
import org.mcpagentic.store.Guard;
import org.mcpagentic.store.Progress.Settlement;
import org.mcpagentic.store.Progress.StepEntry;
import org.mcpagentic.store.StoreException;
import org.mcpagentic.store.TaskError;
import org.mcpagentic.store.TaskUsage;

/** One attempt at one task. What was done and not journaled yet goes with the next write. */
final class TaskRun {

    private static final Logger LOG = Logger.getLogger(TaskRun.class);

    /** What a step's own deadline is exceeded by before the store takes the task away. */
    private static final Duration MARGIN = Duration.ofSeconds(15);

    private static final String INSTRUCTION = "Do what the user asks, with the tools where they help.";

    /** The code of a task that its caller's budget of the day stops. */
    private static final String BUDGET_EXHAUSTED = "budget_exhausted";

    /** Turns in a row that make the same calls and get the same results; then the task fails. */
    private static final int MOST_REPETITIONS = 5;

    private final LanguageModel model;
    private final Toolbox toolbox;
    private final LoopLimits limits;
    private final InstantSource clock;
    private final InstantSource calendar;
    private final DataFrame frame;
    private final ClaimedTask task;
    private final Transcript transcript;

    /** When the time that any task may take is spent. */
    private final Instant spent;

    /** When this one has to be done: then, or at its own deadline before that. */
    private final Instant end;

    private final StepJournal journal;
    private final StepListener listener;
    private final CallThreads threads;
    private final CallRulings rulings;

    private List<StepEntry> unwritten = new ArrayList<>();
    private TaskUsage unwrittenUse = TaskUsage.NONE;
    private List<Settlement> unsettled = new ArrayList<>();

    /** What the turn under way has reserved. */
    private List<Guard> reserved = List.of();

    private Usage reservedFor = Usage.NONE;

    /** Tokens that the model's context window is taken to hold. */
    private long window;

    TaskRun(
            LanguageModel model,
            Toolbox toolbox,
            LoopLimits limits,
            InstantSource clock,
            InstantSource calendar,
            DataFrame frame,
            ClaimedTask task,
            List<Step> steps,
            CallRulings rulings,
            StepJournal journal,
            StepListener listener,
            CallThreads threads) {
        this.model = model;
        this.toolbox = toolbox;
        this.limits = limits;
        this.clock = clock;
        this.calendar = calendar;
        this.frame = frame;
        this.task = task;
        this.transcript = new Transcript(task.spec().input(), steps);
        this.window = model.contextTokens() >> transcript.failures(ModelException.Kind.TOO_LONG.code());
        Instant now = clock.instant();
        this.spent = now.minus(task.elapsed()).plus(limits.time());
        this.end = task.left()
                .map(now::plus)
                .filter(deadline -> deadline.isBefore(spent))
                .orElse(spent);
        this.journal = journal;
        this.listener = listener;
        this.threads = threads;
        this.rulings = rulings;
    }

    /** What comes next: the end, the calls that the model waits for, or the model's next turn. */
    Uni<Conclusion> next() {
        if (transcript.answer().isPresent()) {
            return conclude(new Ending.Succeeded(transcript.answer().get().text()));
        }
        if (!clock.instant().isBefore(end)) {
            return conclude(outOfTime());
        }
        if (transcript.repetitions() >= MOST_REPETITIONS) {
            return conclude(failed(
                    "model_repeats_itself",
                    "the model made the same calls " + MOST_REPETITIONS + " times in a row and got the same results"));
        }
        List<OpenCall> open = transcript.openCalls();
        int upTo = open.isEmpty() ? transcript.nextTurnStep() : open.getLast().step();
        if (upTo > limits.steps()) {
            return conclude(failed("step_budget_spent", "it was not done within " + limits.steps() + " steps"));
        }
        return open.isEmpty() ? turn() : calls(open);
    }

    private Uni<Conclusion> turn() {
        if (transcript.tokens() >= limits.tokens()) {
            return conclude(failed("token_budget_spent", "it was not done within " + limits.tokens() + " tokens"));
        }
        if (transcript.costMicros() >= limits.costMicros()) {
            return conclude(failed(
                    "cost_budget_spent",
                    "it was not done for "
                            + BigDecimal.valueOf(limits.costMicros(), 6)
                                    .stripTrailingZeros()
                                    .toPlainString() + " US dollars"));
        }
        List<ToolSpec> tools = toolbox.specs(task.spec().tenant(), task.spec().tools());
        String instruction = tools.isEmpty() ? INSTRUCTION : INSTRUCTION + " " + frame.instruction();
        Prompt whole = new Prompt(instruction, transcript.messages(frame), tools);
        return new ContextWindow(window)
                .fit(whole)
                .map(this::turn)
                .orElseGet(() -> conclude(failed(
                        ModelException.Kind.TOO_LONG.code(),
                        "the conversation takes about " + PromptSize.estimate(whole)
                                + " tokens, and no more of it can be left out; the context window of " + model.name()
                                + " holds " + window)));
    }

    private Uni<Conclusion> turn(ContextWindow.Fitted fitted) {
        int step = transcript.nextTurnStep();
        StepIntent intent = new StepIntent.ModelTurn(model.name(), fitted.leftOut());
        Usage most = model.most(fitted.prompt());
        Optional<DailyBudget> tooSmall = task.spec().budgets().stream()
                .filter(budget -> budget.limit() < of(most, budget.unit()))
                .findFirst();
        if (tooSmall.isPresent()) {
            return conclude(
                    failed(BUDGET_EXHAUSTED, "one turn of " + model.name() + " may use more than a day's budget"));
        }
        List<Guard> reserve =
                DailyBudget.reserving(task.spec().budgets(), calendar.instant(), tokens(most), most.costMicros());
        return write(List.of(new StepEntry(step, StepCodec.encode(intent), "")), reserve, limits.modelTurn())
                .chain(goOn -> {
                    if (!goOn) {
                        return conclude(new Ending.CancelConfirmed());
                    }
                    reserved = reserve;
                    reservedFor = most;
                    return ask(
                            step,
                            reserve.isEmpty()
                                    ? fitted.prompt()
                                    : fitted.prompt().within(most.outputTokens()));
                })
                .onFailure(TaskRun::isOverBudget)
                .recoverWithUni(this::overBudget);
    }

    /** Others may give back what they reserved, or the day ends: until the task's own time is over it is put off. */
    private Uni<Conclusion> overBudget() {
        Duration delay = Backoff.before(task.claim().attempt() + 1);
        TaskError error = new TaskError(BUDGET_EXHAUSTED, "the day's budget is used up or reserved");
        return conclude(
                clock.instant().plus(delay).isBefore(end)
                        ? new Ending.RetryLater(error, delay)
                        : new Ending.Failed(error));
    }

    private static boolean isOverBudget(Throwable failure) {
        return failure instanceof StoreException refusal && refusal.code() == StoreException.Code.GUARD_REFUSED;
    }

    private static long tokens(Usage usage) {
        return usage.inputTokens() + usage.outputTokens();
    }

    private static long of(Usage usage, DailyBudget.Unit unit) {
        return switch (unit) {
            case TOKENS -> tokens(usage);
            case COST -> usage.costMicros();
        };
    }

    /** What a turn that failed has used, as far as one can know; at least that much. */
    private Usage spent(Throwable failure, ModelException reason) {
        if (failure instanceof TimeoutException) {
            // why all: nobody says what a call that was broken off has used
            return reservedFor;
        }
        return FailedTurn.spent(reason, reservedFor);
    }

    /** Corrects what the turn reserved by what it used. */
    private synchronized void settle(Usage used) {
        for (int i = 0; i < reserved.size(); i++) {
            Guard.Budget guard = (Guard.Budget) reserved.get(i);
            long delta = of(used, task.spec().budgets().get(i).unit()) - guard.cost();
            unsettled.add(new Settlement(guard.name(), delta));
        }
        reserved = List.of();
    }

    private Uni<Conclusion> ask(int step, Prompt prompt) {
        transcript.begun(step);
        Instant begin = clock.instant();
        return Uni.createFrom()
                .deferred(() -> model.next(prompt)
                        .invoke(event -> {
                            if (event instanceof TextDelta(String text)) {
                                listener.textArrived(step, text);
                            }
                        })
                        .filter(Turn.class::isInstance)
                        .map(Turn.class::cast)
                        .collect()
                        .last())
                .ifNoItem()
                .after(remaining(limits.modelTurn()))
                .fail()
                .map(turn -> usable(turn))
                .onItemOrFailure()
                .transformToUni((turn, failure) -> failure == null
                        ? took(step, turn, Duration.between(begin, clock.instant()))
                        : gaveUp(step, failure, Duration.between(begin, clock.instant())));
    }

    /** A turn that fits the journal: an answer is cut, with a mark; calls that large cannot be used. */
    private static Turn usable(@Nullable Turn turn) {
        if (turn == null) {
            throw new ModelException(ModelException.Kind.UNUSABLE, "the model ended without a turn", Optional.empty());
        }
        if (StepCodec.fits(new StepOutcome.TurnTaken(turn))) {
            return turn;
        }
        if (turn instanceof Answer answer) {
            return cut(answer.text(), text -> new Answer(answer.model(), text, answer.usage(), answer.providerState()));
        }
        throw new ModelException(
                        ModelException.Kind.UNUSABLE, "the model's turn is too large to be kept", Optional.empty())
                .after(turn.usage());
    }

    /** The answer with as much of its text as the journal holds, and a mark. */
    private static Turn cut(String text, Function<String, Answer> withText) {
        int kept = text.length();
        while (true) {
            kept /= 2;
            // why: half a surrogate pair is no text
            kept -= kept > 0 && Character.isHighSurrogate(text.charAt(kept - 1)) ? 1 : 0;
            Answer shorter = withText.apply(
                    text.substring(0, kept) + "\n\n[truncated: the answer had " + text.length() + " characters]");
            if (kept == 0 || StepCodec.fits(new StepOutcome.TurnTaken(shorter))) {
                return shorter;
            }
        }
    }

    private Uni<Conclusion> took(int step, Turn turn, Duration took) {
        listener.modelAnswered(turn.model(), took, turn.usage());
        settle(turn.usage());
        ended(step, new StepOutcome.TurnTaken(turn), "", oneTurn(turn.usage()));
        return next();
    }

    private Uni<Conclusion> gaveUp(int step, Throwable failure, Duration took) {
        ModelException reason = reason(failure);
        settle(spent(failure, reason));
        TaskError error = new TaskError(reason.kind().code(), String.valueOf(reason.getMessage()));
        int inARow = transcript.failuresInARow(error.code()) + 1;
        AfterFailure after = AfterFailure.of(reason, inARow, clock.instant(), end);
        // why: a step that is put off did not fail, and is taken again under its number
        if (!(after instanceof AfterFailure.PutOff)) {
            listener.modelFailed(model.name(), took);
            ended(step, new StepOutcome.TurnFailed(error, reason.usage()), "", oneTurn(reason.usage()));
        }
        return switch (after) {
            case AfterFailure.GiveUp giveUp ->
                conclude(clock.instant().isBefore(end) ? new Ending.Failed(error) : outOfTime());
            case AfterFailure.AskAgain again -> next();
            case AfterFailure.SayLess less -> {
                window /= 2;
                yield next();
            }
            case AfterFailure.Later(Duration delay) -> conclude(new Ending.RetryLater(error, delay));
            case AfterFailure.PutOff(Duration delay) -> conclude(new Ending.RetryLater(error, delay));
        };
    }

    private static TaskUsage oneTurn(Usage usage) {
        return new TaskUsage(usage.inputTokens(), usage.outputTokens(), usage.costMicros(), 1, 0);
    }

    private static ModelException reason(Throwable failure) {
        return switch (failure) {
            case ModelException known -> known;
            case TimeoutException timeout ->
                new ModelException(ModelException.Kind.TRANSIENT, "the model did not answer in time", Optional.empty());
            default -> {
                LOG.error("a model adapter broke", failure);
                yield new ModelException(ModelException.Kind.PERMANENT, "the model adapter broke", Optional.empty());
            }
        };
    }

    /** Calls that only read run beside each other; any other call runs alone, so that a crash leaves one unknown at most. */
    private Uni<Conclusion> calls(List<OpenCall> open) {
        CallRulings.Ruled ruled = rulings.on(open);
        if (!ruled.settled().isEmpty()) {
            return settle(ruled.settled());
        }
        List<OpenCall> wave = ruled.free().stream()
                .filter(call -> sideEffects(call) == SideEffects.READ_ONLY)
                .toList();
        if (wave.isEmpty() && ruled.waits(open.getFirst())) {
            return conclude(suspended(ruled.asked()));
        }
        if (wave.isEmpty()) {
            OpenCall alone = ruled.free().getFirst();
            if (alone.begun().isPresent() && sideEffects(alone) == SideEffects.NON_IDEMPOTENT) {
                return conclude(new Ending.Suspended(new TaskError(
                        "outcome_unknown",
                        "its worker was lost during a call of " + alone.call().toolName() + " (step " + alone.step()
                                + "); whether the call took effect is not known")));
            }
            wave = List.of(alone);
        }
        List<OpenCall> chosen = wave;
        List<StepEntry> intents = chosen.stream()
                .map(call -> new StepEntry(
                        call.step(),
                        StepCodec.encode(new StepIntent.ToolExecution(call.call(), sideEffects(call))),
                        call.call().toolName(),
                        sideEffects(call) != SideEffects.READ_ONLY))
                .toList();
        return write(intents, List.of(), longestDeadline(chosen))
                .chain(goOn -> goOn ? run(chosen) : conclude(new Ending.CancelConfirmed()));
    }

    /** Calls that are not made begin and end with one write, so that no later attempt takes them for begun. */
    private Uni<Conclusion> settle(List<CallRulings.Settled> settled) {
        List<StepEntry> intents = new ArrayList<>();
        for (CallRulings.Settled call : settled) {
            OpenCall open = call.call();
            intents.add(new StepEntry(
                    open.step(), StepCodec.encode(new StepIntent.ToolExecution(open.call(), sideEffects(open))), ""));
            ended(open.step(), new StepOutcome.ToolReturned(call.result()), "", TaskUsage.NONE);
        }
        return write(intents, List.of(), MARGIN).chain(goOn -> goOn ? next() : conclude(new Ending.CancelConfirmed()));
    }

    private static Ending suspended(List<ApprovalRequest> asked) {
        String calls = asked.stream()
                .map(request -> request.toolName() + " (step " + request.step() + ")")
                .collect(Collectors.joining(", "));
        return new Ending.Suspended(
                new TaskError("approval_required", "a person has to decide whether it may call " + calls), asked);
    }

    private Uni<Conclusion> run(List<OpenCall> wave) {
        wave.forEach(call -> transcript.begun(call.step()));
        AtomicInteger open = new AtomicInteger(wave.size());
        List<Uni<Boolean>> running = wave.stream()
                .map(call -> execute(call)
                        .map(result -> rulings.told(call, result))
                        .chain(result -> {
                            returned(call, result);
                            // why: the last result goes with the next intent; earlier ones are worth a write, others
                            // may take
                            // long
                            return open.decrementAndGet() == 0
                                    ? Uni.createFrom().item(true)
                                    : write(List.of(), List.of(), longestDeadline(wave));
                        }))
                .toList();
        return Uni.join()
                .all(running)
                .andFailFast()
                .chain(goOn -> goOn.contains(false) ? conclude(new Ending.CancelConfirmed()) : next());
    }

    private Uni<ToolResult> execute(OpenCall call) {
        Instant begin = clock.instant();
        ToolContext context = new ToolContext(task.spec().tenant(), task.claim().task() + "." + call.step(), threads);
        return toolbox.call(call.call(), task.spec().tools(), context)
                .ifNoItem()
                .after(remaining(limits.time()))
                .recoverWithItem(
                        () -> new ToolResult("the task's time was spent before the tool returned", true, false))
                .invoke(result -> listener.toolReturned(
                        spec(call).isPresent() ? call.call().toolName() : "unknown",
                        Duration.between(begin, clock.instant()),
                        result.failed()));
    }

    private void returned(OpenCall call, ToolResult result) {
        ended(call.step(), new StepOutcome.ToolReturned(result), call.call().toolName(), new TaskUsage(0, 0, 0, 0, 1));
    }

    // why: results of calls that run beside each other arrive on threads of their own
    private synchronized void ended(int step, StepOutcome outcome, String tool, TaskUsage used) {
        transcript.ended(step, outcome);
        unwritten.add(new StepEntry(step, StepCodec.encode(outcome), tool));
        unwrittenUse = unwrittenUse.plus(used);
    }

    private Uni<Boolean> write(List<StepEntry> intents, List<Guard> reserve, Duration deadline) {
        List<StepEntry> outcomes;
        List<Settlement> settle;
        TaskUsage used;
        synchronized (this) {
            outcomes = unwritten;
            used = unwrittenUse;
            settle = unsettled;
            unwritten = new ArrayList<>();
            unwrittenUse = TaskUsage.NONE;
            unsettled = new ArrayList<>();
        }
        return journal.write(new StepJournal.Batch(outcomes, intents, used, reserve, settle, deadline.plus(MARGIN)))
                .onFailure(TaskRun::isOverBudget)
                .invoke(() -> keep(outcomes, settle, used));
    }

    /** A refused write wrote nothing: what was done goes with the next. */
    private synchronized void keep(List<StepEntry> outcomes, List<Settlement> settle, TaskUsage used) {
        unwritten.addAll(0, outcomes);
        unsettled.addAll(0, settle);
        unwrittenUse = unwrittenUse.plus(used);
    }

    private Uni<Conclusion> conclude(Ending ending) {
        return Uni.createFrom().item(new Conclusion(ending, unwritten, unwrittenUse, unsettled, transcript.size()));
    }

    private Ending outOfTime() {
        return end.isBefore(spent)
                ? failed("deadline_exceeded", "it was not done by its deadline")
                : failed(
                        "time_budget_spent",
                        "it was not done within " + limits.time().toSeconds() + " s");
    }

    private static Ending failed(String code, String message) {
        return new Ending.Failed(new TaskError(code, message));
    }

    private SideEffects sideEffects(OpenCall call) {
        // why the journal first: what was begun may have been of a tool that is gone by now, or has changed
        return call.begun()
                .or(() -> spec(call).map(ToolSpec::sideEffects))
                .orElseGet(() -> task.spec().tools().contains(call.call().toolName())
                        // why: it may be back by the time it is called; one that the task may not call changes nothing
                        ? SideEffects.NON_IDEMPOTENT
                        : SideEffects.READ_ONLY);
    }

    private Optional<ToolSpec> spec(OpenCall call) {
        return toolbox.spec(task.spec().tenant(), call.call().toolName());
    }

    private Duration longestDeadline(List<OpenCall> calls) {
        return calls.stream()
                .flatMap(call -> spec(call).stream())
                .map(ToolSpec::deadline)
                .max(Duration::compareTo)
                .orElse(MARGIN);
    }

    private Duration remaining(Duration most) {
        Duration left = Duration.between(clock.instant(), end);
        return left.compareTo(most) < 0 ? left.plusMillis(1) : most;
    }
}
