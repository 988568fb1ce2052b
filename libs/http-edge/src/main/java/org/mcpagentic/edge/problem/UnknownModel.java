package org.mcpagentic.edge.problem;

import java.util.List;
import java.util.Optional;

/** The answer to a request that names a model that there is not, or none that can be asked. */
public final class UnknownModel {

    private UnknownModel() {}

    /** @param names of the models that can be asked */
    public static ProblemException problem(String model, List<String> names) {
        String message =
                "there is no model named \"" + model + "\" that can be asked; there is: " + String.join(", ", names);
        return new ProblemException(
                ProblemCode.UNKNOWN_MODEL, message, List.of(new FieldError("model", message)), Optional.empty());
    }
}
