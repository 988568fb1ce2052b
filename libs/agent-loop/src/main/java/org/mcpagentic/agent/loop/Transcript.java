package org.mcpagentic.agent.loop;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.mcpagentic.agent.model.Message;
import org.mcpagentic.agent.model.ModelEvent.Answer;
import org.mcpagentic.agent.model.ModelEvent.ToolCalls;
import org.mcpagentic.agent.model.ModelEvent.Turn;
import org.mcpagentic.agent.tool.ToolCall;
import org.mcpagentic.agent.tool.ToolResult;

/**
 * What has happened so far, by step. A turn's tool calls have the numbers behind the turn's own, in the order of the
 * calls, so that a later attempt finds each call's step again.
 */
final class Transcript {

    /** A call that has not returned yet. */
    record OpenCall(int step, ToolCall call, boolean begun) {}

    private final String input;
    private final SequencedMap<Integer, Optional<StepOutcome>> steps = new TreeMap<>();

    Transcript(String input, List<Step> journal) {
        this.input = input;
        journal.forEach(step -> steps.put(step.number(), step.outcome()));
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
                        open.add(new OpenCall(step, turn.calls().get(i), steps.containsKey(step)));
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

    List<Message> messages() {
        List<Message> messages = new ArrayList<>();
        messages.add(new Message.UserMessage(input));
        steps.forEach((step, outcome) -> outcome.ifPresent(ended -> {
            switch (ended) {
                case StepOutcome.TurnTaken(Turn turn) -> {
                    messages.add(new Message.ModelMessage(turn));
                    if (turn instanceof ToolCalls calls) {
                        addResults(messages, step, calls);
                    }
                }
                case StepOutcome.TurnFailed failed -> {}
                case StepOutcome.ToolReturned returned -> {}
            }
        }));
        return messages;
    }

    private void addResults(List<Message> messages, int turnStep, ToolCalls turn) {
        for (int i = 0; i < turn.calls().size(); i++) {
            ToolCall call = turn.calls().get(i);
            steps.getOrDefault(turnStep + 1 + i, Optional.empty()).ifPresent(outcome -> {
                if (outcome instanceof StepOutcome.ToolReturned(ToolResult result)) {
                    messages.add(
                            new Message.ToolMessage(call.callId(), call.toolName(), result.text(), result.failed()));
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
