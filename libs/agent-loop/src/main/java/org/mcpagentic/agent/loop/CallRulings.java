package org.mcpagentic.agent.loop;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.mcpagentic.agent.approval.CallPolicy;
import org.mcpagentic.agent.approval.CallPolicy.Verdict;
import org.mcpagentic.agent.approval.CanonicalArguments;
import org.mcpagentic.agent.loop.Transcript.OpenCall;
import org.mcpagentic.agent.tool.ToolCall;
import org.mcpagentic.agent.tool.ToolResult;
import org.mcpagentic.agent.tool.ToolSpec;
import org.mcpagentic.agent.tool.Toolbox;
import org.mcpagentic.store.Approval;
import org.mcpagentic.store.ApprovalRequest;
import org.mcpagentic.store.ApprovalState;
import org.mcpagentic.store.ApprovalState.Approved;
import org.mcpagentic.store.TaskSpec;

/**
 * What is to become of a task's open calls: by policy, and by what people decided before. A decision serves the call that was
 * shown and no other: the same step, tool and arguments.
 */
final class CallRulings {

    /** Of arguments that the model is told of; a result with this much more still fits the journal. */
    private static final int MOST_SHOWN = 2_000;

    private final CallPolicy policy;
    private final TaskSpec task;
    private final Toolbox tools;
    private final List<Approval> approvals;

    /** What is called, of calls that an attempt at this task has begun. */
    private final Map<Integer, ToolCall> begun = new HashMap<>();

    /**
     * @param tools those that there are
     * @param steps what earlier attempts left behind
     * @param approvals what the task has asked for, oldest first
     */
    CallRulings(CallPolicy policy, TaskSpec task, Toolbox tools, List<Step> steps, List<Approval> approvals) {
        this.policy = policy;
        this.task = task;
        this.tools = tools;
        this.approvals = List.copyOf(approvals);
        for (Step step : steps) {
            // why: a step of attempt 0 was taken over from another task, whose approvals are none of this one's
            if (step.attempt() > 0 && step.intent() instanceof StepIntent.ToolExecution execution) {
                begun.put(step.number(), execution.call());
            }
        }
    }

    /**
     * The open calls, parted.
     *
     * @param free may be made now, with what they are made with, in order
     * @param settled are not made; what the model reads instead
     * @param asked wait for a person, in order
     */
    record Ruled(List<OpenCall> free, List<Settled> settled, List<ApprovalRequest> asked) {

        /** Whether nothing that changes the world may be made before a person has decided. */
        boolean waits(OpenCall first) {
            return !asked.isEmpty() && asked.getFirst().step() == first.step();
        }
    }

    /** A call that is not made. */
    record Settled(OpenCall call, ToolResult result) {}

    Ruled on(List<OpenCall> open) {
        List<OpenCall> free = new ArrayList<>();
        List<Settled> settled = new ArrayList<>();
        List<ApprovalRequest> asked = new ArrayList<>();
        for (OpenCall call : open) {
            switch (ruling(call)) {
                case Ruling.Free(ToolCall made) -> free.add(new OpenCall(call.step(), made, call.begun()));
                case Ruling.NotMade(String why) -> settled.add(new Settled(call, new ToolResult(why, true, false)));
                case Ruling.Asked(ApprovalRequest request) -> asked.add(request);
            }
        }
        return new Ruled(List.copyOf(free), List.copyOf(settled), List.copyOf(asked));
    }

    /** The result as the model reads it: with what the call was made with, where that is not what the model wanted. */
    ToolResult told(OpenCall call, ToolResult result) {
        return decisionOn(call.step())
                .filter(approval -> approval.state() instanceof Approved approved
                        && approved.edited()
                        && approved.arguments()
                                .digest()
                                .equals(CanonicalArguments.of(call.call().arguments())
                                        .digest()))
                .map(approval -> new ToolResult(
                        "[A person changed the arguments of this call before letting it be made. It was made with "
                                + abridged(call.call().arguments().toString()) + "]\n" + result.text(),
                        result.failed(),
                        result.truncated()))
                .orElse(result);
    }

    /** What is to become of one call. */
    private sealed interface Ruling {

        record Free(ToolCall call) implements Ruling {}

        record NotMade(String why) implements Ruling {}

        record Asked(ApprovalRequest request) implements Ruling {}
    }

    private Ruling ruling(OpenCall open) {
        ToolCall known = begun.get(open.step());
        if (open.begun().isPresent() && known != null) {
            // why not asked again: it was let be made, and may have been
            return new Ruling.Free(known);
        }
        ToolCall call = open.call();
        if (!task.tools().contains(call.toolName())) {
            // why: it is refused where it is called, with what there is
            return new Ruling.Free(call);
        }
        Optional<ToolSpec> tool = tools.spec(task.tenant(), call.toolName());
        if (tool.isEmpty()) {
            // why not left to whoever calls it: the tool may be back by then, and nobody has ruled on the call
            return new Ruling.NotMade(tools.withheld(task.tenant(), call.toolName())
                    .orElseGet(() -> "there is no tool named \"" + call.toolName() + "\" at the moment"));
        }
        return decisionOn(open)
                .map(approval -> decided(approval, call, tool.get()))
                .orElseGet(() -> undecided(open.step(), call, tool.get()));
    }

    private Ruling decided(Approval approval, ToolCall call, ToolSpec tool) {
        return switch (approval.state()) {
            case ApprovalState.Approved approved -> approved(approved, call, tool);
            case ApprovalState.Refused refused ->
                new Ruling.NotMade("a person refused this call; it was not made."
                        + (refused.reason().isEmpty() ? "" : " The reason: " + refused.reason()));
            case ApprovalState.Expired expired ->
                new Ruling.NotMade("nobody decided in time whether this call may be made; it was not made.");
            case ApprovalState.Pending pending -> undecided(approval.step(), call, tool);
            case ApprovalState.Withdrawn withdrawn -> undecided(approval.step(), call, tool);
        };
    }

    private Ruling approved(Approved approved, ToolCall call, ToolSpec tool) {
        Optional<ObjectNode> arguments = CanonicalArguments.intact(approved.arguments());
        if (arguments.isEmpty()) {
            return new Ruling.NotMade("what a person approved is damaged; the call was not made.");
        }
        return switch (policy.verdict(task.tenant(), tool, arguments.get())) {
            case Verdict.Deny(String reason) -> new Ruling.NotMade(denied(reason));
            case Verdict.Allow allow -> made(call, arguments.get());
            case Verdict.Ask ask -> made(call, arguments.get());
        };
    }

    private static Ruling made(ToolCall call, ObjectNode arguments) {
        return new Ruling.Free(new ToolCall(call.callId(), call.toolName(), arguments));
    }

    private Ruling undecided(int step, ToolCall call, ToolSpec tool) {
        return switch (policy.verdict(task.tenant(), tool, call.arguments())) {
            case Verdict.Allow allow -> new Ruling.Free(call);
            case Verdict.Deny(String reason) -> new Ruling.NotMade(denied(reason));
            case Verdict.Ask ask -> {
                // why: nobody need decide on what the tool would not be given
                Optional<String> flaw = tools.flaw(task.tenant(), call);
                if (flaw.isPresent()) {
                    yield new Ruling.NotMade(flaw.get());
                }
                yield new Ruling.Asked(new ApprovalRequest(
                        step,
                        call.toolName(),
                        tool.sideEffects().name().toLowerCase(Locale.ROOT),
                        CanonicalArguments.of(call.arguments()),
                        ask.expiry()));
            }
        };
    }

    private static String denied(String reason) {
        return "this call is not allowed here; it was not made." + (reason.isEmpty() ? "" : " The reason: " + reason);
    }

    private Optional<Approval> decisionOn(OpenCall open) {
        return decisionOn(open.step())
                .filter(approval -> approval.toolName().equals(open.call().toolName())
                        && approval.arguments()
                                .digest()
                                .equals(CanonicalArguments.of(open.call().arguments())
                                        .digest()));
    }

    /** The last one on the step. */
    private Optional<Approval> decisionOn(int step) {
        return approvals.reversed().stream()
                .filter(approval -> approval.step() == step)
                .findFirst();
    }

    private static String abridged(String text) {
        if (text.length() <= MOST_SHOWN) {
            return text;
        }
        // why: half a surrogate pair is no text
        int end = Character.isHighSurrogate(text.charAt(MOST_SHOWN - 1)) ? MOST_SHOWN - 1 : MOST_SHOWN;
        return text.substring(0, end) + "… (" + text.length() + " characters)";
    }
}
