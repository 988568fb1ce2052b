package org.mcpagentic.custommcp.tasks;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.mcpagentic.agent.loop.StepDecision;
import org.mcpagentic.edge.problem.ProblemException;
import org.mcpagentic.edge.text.FreeText;

/**
 * What is to become of a call whose outcome nobody knows.
 *
 * @param action repeat, skip or result
 * @param result what the call came to, with the action result alone
 */
@RegisterForReflection
@Schema(name = "ResolveRequest")
public record ResolveRequest(
        @NotNull
        @Pattern(regexp = "repeat|skip|result", message = "must be repeat, skip or result")
        @Schema(
                required = true,
                enumeration = {"repeat", "skip", "result"},
                description = "repeat: make the call again; skip: tell the model that a person skipped it; result: tell"
                        + " the model that it came to the field result")
        String action,

        @Schema(
                description = "what the call came to, as the model reads it; with the action result alone",
                maxLength = 262_144)
        Optional<@Size(max = 262_144) @FreeText String> result) {

    /** The decision; fails where {@code result} does not go with {@code action}, or is larger than the journal keeps. */
    StepDecision decision() {
        if (result.isPresent() != action.equals("result")) {
            throw ProblemException.invalid("result", "must be there with the action result, and with no other");
        }
        return switch (action) {
            case "repeat" -> new StepDecision.Repeat();
            case "skip" -> new StepDecision.Skip();
            default -> given(result.orElseThrow());
        };
    }

    private static StepDecision given(String result) {
        if (!StepDecision.Given.fits(result)) {
            throw ProblemException.invalid("result", "is larger than the journal keeps of one step");
        }
        return new StepDecision.Given(result);
    }
}
