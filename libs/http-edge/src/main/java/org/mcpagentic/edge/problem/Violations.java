package org.mcpagentic.edge.problem;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Turns violated constraints into the fields of the JSON body, or the parameters, that the client sent. */
final class Violations {

    private Violations() {}

    /** Empty when the server's own result violates a constraint: the fault is not the client's. */
    static Optional<ProblemException> translate(ConstraintViolationException failure) {
        boolean ours = failure.getConstraintViolations().stream()
                .anyMatch(violation -> has(violation.getPropertyPath(), ElementKind.RETURN_VALUE));
        if (ours) {
            return Optional.empty();
        }
        List<FieldError> errors = failure.getConstraintViolations().stream()
                .map(Violations::error)
                .sorted(Comparator.comparing(FieldError::field).thenComparing(FieldError::message))
                .toList();
        String detail = errors.stream()
                .map(error -> "\"" + error.field() + "\" " + error.message())
                .collect(Collectors.joining("; "));
        return Optional.of(new ProblemException(ProblemCode.INVALID, detail, errors, Optional.empty()));
    }

    private static FieldError error(ConstraintViolation<?> violation) {
        return new FieldError(field(violation.getPropertyPath()), violation.getMessage());
    }

    private static boolean has(Path path, ElementKind kind) {
        for (Path.Node node : path) {
            if (node.getKind() == kind) {
                return true;
            }
        }
        return false;
    }

    /** The path below the method's parameter; the parameter's own name where nothing is below it. */
    private static String field(Path path) {
        StringBuilder field = new StringBuilder();
        String parameter = "";
        for (Path.Node node : path) {
            if (node.getIndex() != null) {
                field.append('[').append(node.getIndex()).append(']');
            } else if (node.getKey() != null) {
                field.append('.').append(node.getKey());
            }
            if (node.getKind() == ElementKind.PARAMETER) {
                parameter = jsonName(node.getName());
            } else if (node.getKind() == ElementKind.PROPERTY) {
                field.append(field.isEmpty() ? "" : ".").append(jsonName(node.getName()));
            }
        }
        return field.isEmpty() ? parameter : field.toString();
    }

    private static String jsonName(String javaName) {
        return PropertyNamingStrategies.SnakeCaseStrategy.INSTANCE.translate(javaName);
    }
}
