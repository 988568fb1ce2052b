package org.mcpagentic.agent.loop;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.mcpagentic.agent.model.DataFrame;
import org.mcpagentic.agent.model.Message;
import org.mcpagentic.agent.model.ModelEvent.Answer;
import org.mcpagentic.agent.model.ModelEvent.ToolCalls;
import org.mcpagentic.agent.model.ModelEvent.Turn;
import org.mcpagentic.agent.model.Usage;
import org.mcpagentic.agent.tool.SideEffects;
import org.mcpagentic.agent.tool.ToolCall;
import org.mcpagentic.agent.tool.ToolResult;
import org.mcpagentic.store.TaskError;

/**
 * What has happened so far, by step. A turn's tool calls have the numbers behind the turn's own, in the order of the
 * calls, so that a later attempt finds each call's step again.
 */
final class Transcript {

    /**
     * A call that has not returned yet.
     *
     * @param begun what the journal says that repeating it would do; nothing where it was never begun
     */
    record OpenCall(int step, ToolCall call, Optional<SideEffects> begun) {}

    private final String input;
    private final SequencedMap<Integer, Optional<StepOutcome>> steps = new TreeMap<>();
    private final Map<Integer, SideEffects> intended = new HashMap<>();

    Transcript(String input, List<Step> journal) {
        this.input = input;
        journal.forEach(step -> {
            steps.put(step.number(), step.outcome());
            if (step.intent() instanceof StepIntent.ToolExecution(ToolCall call, SideEffects sideEffects)) {
                intended.put(step.number(), sideEffects);
            }
        });
    }

    void begun(int step) {
        steps.putIfAbsent(step, Optional.empty());
    }

    void ended(int step, StepOutcome outcome) {
        steps.put(step, Optional.of(outcome));
    }

    int size() {
        return steps.isEmpty() ? 0 : steps.lastEntry().getKey();
    }

    /** The final answer, where there is one. */
    Optional<Answer> answer() {
        return lastTurn().filter(Answer.class::isInstance).map(Answer.class::cast);
    }

    /** What the last turn wants called and has not returned, in the order of the calls. */
    List<OpenCall> openCalls() {
        List<OpenCall> open = new ArrayList<>();
        lastTurnStep().ifPresent(turnStep -> {
            if (lastTurn().orElseThrow() instanceof ToolCalls turn) {
                for (int i = 0; i < turn.calls().size(); i++) {
                    int step = turnStep + 1 + i;
                    Optional<StepOutcome> outcome = steps.getOrDefault(step, Optional.empty());
                    if (outcome.isEmpty()) {
                        open.add(new OpenCall(step, turn.calls().get(i), Optional.ofNullable(intended.get(step))));
                    }
                }
            }
        });
        return open;
    }

    /** Where the next model turn goes: a turn that was begun and never ended is taken again. */
    int nextTurnStep() {
        if (!steps.isEmpty() && steps.lastEntry().getValue().isEmpty()) {
            return steps.lastEntry().getKey();
        }
        return size() + 1;
    }

    /** How many of the last turns were not taken for a reason of this code. */
    int failuresInARow(String code) {
        int failures = 0;
        for (Optional<StepOutcome> outcome : steps.sequencedValues().reversed()) {
            if (outcome.isPresent()) {
                if (!(outcome.get() instanceof StepOutcome.TurnFailed(TaskError error, Usage usage))
                        || !error.code().equals(code)) {
                    break;
                }
                failures++;
            }
        }
        return failures;
    }

    /** How many turns were not taken for a reason of this code, in a row or not. */
    int failures(String code) {
        return (int) outcomes()
                .filter(outcome -> outcome instanceof StepOutcome.TurnFailed(TaskError error, Usage usage)
                        && error.code().equals(code))
                .count();
    }

    /** Tokens that all turns read and wrote, those that failed included. */
    long tokens() {
        return usages().mapToLong(usage -> usage.inputTokens() + usage.outputTokens())
                .sum();
    }

    /** What all turns cost, those that failed included, in micro-dollars. */
    long costMicros() {
        return usages().mapToLong(Usage::costMicros).sum();
    }

    /** How many turns in a row made the same calls and got the same results, up to the last one, whose calls have returned. */
    int repetitions() {
        List<List<Exchange>> turns = new ArrayList<>();
        steps.forEach((step, outcome) -> {
            if (outcome.isPresent() && outcome.get() instanceof StepOutcome.TurnTaken(Turn turn)) {
                turns.add(turn instanceof ToolCalls calls ? exchanges(step, calls) : List.of());
            }
        });
        if (turns.isEmpty() || turns.getLast().isEmpty()) {
            return 0;
        }
        int same = 0;
        for (List<Exchange> turn : turns.reversed()) {
            if (!turn.equals(turns.getLast())) {
                break;
            }
            same++;
        }
        return same;
    }

    /** A call and what it returned. */
    private record Exchange(String tool, ObjectNode arguments, ToolResult result) {}

    private List<Exchange> exchanges(int turnStep, ToolCalls turn) {
        List<Exchange> exchanges = new ArrayList<>();
        forEachResult(
                turnStep,
                turn,
                (call, result) -> exchanges.add(new Exchange(call.toolName(), call.arguments(), result)));
        return exchanges;
    }

    private Stream<Usage> usages() {
        return outcomes().flatMap(outcome -> switch (outcome) {
            case StepOutcome.TurnTaken(Turn turn) -> Stream.of(turn.usage());
            case StepOutcome.TurnFailed failed -> Stream.of(failed.usage());
            case StepOutcome.ToolReturned returned -> Stream.empty();
        });
    }

    private Stream<StepOutcome> outcomes() {
        return steps.sequencedValues().stream().flatMap(Optional::stream);
    }

    /** The conversation, with what tools returned in the frame. */
    List<Message> messages(DataFrame frame) {
        List<Message> messages = new ArrayList<>();
        messages.add(new Message.UserMessage(input));
        steps.forEach((step, outcome) -> outcome.ifPresent(ended -> {
            switch (ended) {
                case StepOutcome.TurnTaken(Turn turn) -> {
                    messages.add(new Message.ModelMessage(turn));
                    if (turn instanceof ToolCalls calls) {
                        addResults(messages, step, calls, frame);
                    }
                }
                case StepOutcome.TurnFailed failed -> {}
                case StepOutcome.ToolReturned returned -> {}
            }
        }));
        return messages;
    }

    private void addResults(List<Message> messages, int turnStep, ToolCalls turn, DataFrame frame) {
        forEachResult(
                turnStep,
                turn,
                (call, result) -> messages.add(new Message.ToolMessage(
                        call.callId(), call.toolName(), frame.around(result.text()), result.failed())));
    }

    /** A turn's calls that have returned, in the order of the calls. */
    private void forEachResult(int turnStep, ToolCalls turn, BiConsumer<ToolCall, ToolResult> action) {
        for (int i = 0; i < turn.calls().size(); i++) {
            ToolCall call = turn.calls().get(i);
            steps.getOrDefault(turnStep + 1 + i, Optional.empty()).ifPresent(outcome -> {
                if (outcome instanceof StepOutcome.ToolReturned(ToolResult result)) {
                    action.accept(call, result);
                }
            });
        }
    }

    private Optional<Turn> lastTurn() {
        return lastTurnStep().map(step -> turnAt(step).orElseThrow());
    }

    private Optional<Integer> lastTurnStep() {
        for (int step : steps.sequencedKeySet().reversed()) {
            if (turnAt(step).isPresent()) {
                return Optional.of(step);
            }
            if (steps.getOrDefault(step, Optional.empty())
                    .filter(StepOutcome.TurnFailed.class::isInstance)
                    .isPresent()) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private Optional<Turn> turnAt(int step) {
        return steps.getOrDefault(step, Optional.empty())
                .filter(StepOutcome.TurnTaken.class::isInstance)
                .map(taken -> ((StepOutcome.TurnTaken) taken).turn());
    }
}
