package org.mcpagentic.mcp.tool;

import io.smallrye.mutiny.Uni;
import jakarta.validation.ConstraintViolationException;
import java.util.stream.Collectors;
import org.mcpagentic.edge.problem.ProblemCode;
import org.mcpagentic.edge.problem.ProblemException;
import org.mcpagentic.edge.problem.Problems;
import org.mcpagentic.store.StoreException;

/** What the services refuse, as the result of a tool's call: a model reads why, and may try otherwise. */
public final class Refusals {

    private Refusals() {}

    /** The outcome; a refusal as an error that the model reads. Any other failure goes on. */
    public static Uni<ToolOutcome> told(Uni<? extends ToolOutcome> outcome) {
        return outcome.<ToolOutcome>map(known -> known)
                .onFailure(Refusals::isRefusal)
                .recoverWithItem(refusal -> ToolOutcome.error(text(refusal)));
    }

    private static boolean isRefusal(Throwable failure) {
        return switch (failure) {
            case ProblemException problem -> problem.code() != ProblemCode.INTERNAL;
            case StoreException refusal -> true;
            case ConstraintViolationException violations -> true;
            default -> false;
        };
    }

    private static String text(Throwable refusal) {
        Problems.Answer answer = Problems.answer(refusal);
        String fields = answer.document().errors().stream()
                .map(error -> "; " + error.field() + ": " + error.message())
                .collect(Collectors.joining());
        String again = answer.retryAfterSeconds().stream()
                .mapToObj(seconds -> "; try again in " + seconds + " s")
                .findFirst()
                .orElse("");
        return answer.document().code().wireName() + ": " + answer.document().detail() + fields + again;
    }
}
