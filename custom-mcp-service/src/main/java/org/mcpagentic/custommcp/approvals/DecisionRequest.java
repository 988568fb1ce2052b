package org.mcpagentic.custommcp.approvals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Optional;
import java.util.OptionalLong;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.mcpagentic.edge.problem.ProblemCode;
import org.mcpagentic.edge.problem.ProblemException;
import org.mcpagentic.edge.text.FreeText;

/**
 * What is to become of a call that waits for a person.
 *
 * @param decision approve or refuse
 * @param arguments other ones than were asked for, with approve alone
 * @param reason what the model reads, with refuse alone
 * @param digest of the arguments that were shown, with approve alone
 */
@RegisterForReflection
@Schema(name = "DecisionRequest")
public record DecisionRequest(
        @NotNull
        @Pattern(regexp = "approve|refuse", message = "must be approve or refuse")
        @Schema(
                required = true,
                enumeration = {"approve", "refuse"})
        String decision,

        @Schema(
                type = SchemaType.OBJECT,
                implementation = Object.class,
                description =
                        "the call is made with these instead; they have to fit the tool's schema, and If-Match has to"
                                + " name the revision that was shown. With approve alone")
        Optional<ObjectNode> arguments,

        @Schema(description = "what the model reads; with refuse alone", maxLength = Decision.Refuse.MOST_CHARS)
        Optional<@Size(max = Decision.Refuse.MOST_CHARS) @FreeText String> reason,

        @Schema(
                description = "the digest that was shown: other arguments are not approved. With approve and without"
                        + " arguments alone")
        Optional<@Pattern(regexp = "[0-9a-f]{64}", message = "must be 64 hexadecimal digits") String> digest) {

    /** The decision; fails where fields do not go together, or an edit comes without the revision. */
    Decision decision(OptionalLong revision) {
        boolean approve = decision.equals("approve");
        if (arguments.isPresent() && !approve) {
            throw ProblemException.invalid("arguments", "must be there with the decision approve alone");
        }
        if (reason.isPresent() && approve) {
            throw ProblemException.invalid("reason", "must be there with the decision refuse alone");
        }
        if (digest.isPresent() && (!approve || arguments.isPresent())) {
            throw ProblemException.invalid(
                    "digest", "must be there with the decision approve, and without arguments, alone");
        }
        if (!approve) {
            return new Decision.Refuse(reason.orElse(""));
        }
        if (arguments.isEmpty()) {
            return new Decision.Approve(digest);
        }
        return new Decision.Edit(
                arguments.get(),
                revision.orElseThrow(() -> new ProblemException(
                        ProblemCode.PRECONDITION_REQUIRED,
                        "other arguments need the header If-Match with the approval's ETag")));
    }
}
