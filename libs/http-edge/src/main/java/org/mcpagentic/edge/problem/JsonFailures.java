package org.mcpagentic.edge.problem;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says in the client's words why a JSON body was refused; Jackson's own words name Java classes. */
final class JsonFailures {

    /** What the reader of strings says of text that is not well-formed. */
    private static final String HALF_A_PAIR = "half a surrogate pair";

    private JsonFailures() {}

    /** Empty when the fault is the server's. */
    static Optional<ProblemException> translate(JsonProcessingException failure) {
        return switch (failure) {
            case UnrecognizedPropertyException unknown ->
                Optional.of(atField(ProblemCode.UNKNOWN_FIELD, path(unknown), "is not a field that is known here"));
            case InvalidDefinitionException ours -> Optional.empty();
            case ValueInstantiationException refused -> Optional.of(refusedByItsType(refused));
            case MismatchedInputException mismatch -> Optional.of(mismatch(mismatch));
            // why: with the path of the field, Jackson wraps what its parser says of a token into a failure without
            // kind
            case JsonMappingException located
            when located.getCause() instanceof InputCoercionException ->
                Optional.of(atField(
                        ProblemCode.WRONG_TYPE,
                        path(located),
                        "must be a value of the field's type, within its range"));
            case JsonMappingException located
            when located.getCause() instanceof JsonProcessingException cause -> translate(cause);
            case InputCoercionException range ->
                Optional.of(new ProblemException(
                        ProblemCode.WRONG_TYPE, "a number is out of its field's range" + place(range.getLocation())));
            case StreamConstraintsException tooMuch ->
                Optional.of(new ProblemException(
                        ProblemCode.MALFORMED_JSON,
                        "the JSON is nested deeper than 64 levels, has more than 100,000 values, or has a name, string or"
                                + " number that is too long"));
            case JsonProcessingException malformed ->
                Optional.of(new ProblemException(
                        ProblemCode.MALFORMED_JSON, "the body is not valid JSON" + place(malformed.getLocation())));
        };
    }

    private static ProblemException mismatch(MismatchedInputException mismatch) {
        // why by the message: Jackson has no type of its own for what follows a value
        if (mismatch.getOriginalMessage().startsWith("Trailing token")) {
            return new ProblemException(
                    ProblemCode.MALFORMED_JSON,
                    "the body goes on behind its JSON value" + place(mismatch.getLocation()));
        }
        String expected = mismatch.getOriginalMessage().contains(HALF_A_PAIR)
                ? "must not hold " + HALF_A_PAIR
                : "must be " + expected(mismatch.getTargetType());
        String path = path(mismatch);
        return path.isEmpty()
                ? new ProblemException(ProblemCode.WRONG_TYPE, "the body " + expected)
                : atField(ProblemCode.WRONG_TYPE, path, expected);
    }

    /** A type's own check speaks to the client when it is an {@link IllegalArgumentException}; such texts are ours. */
    private static ProblemException refusedByItsType(ValueInstantiationException refused) {
        String message = refused.getCause() instanceof IllegalArgumentException ours && ours.getMessage() != null
                ? ours.getMessage()
                : "is not complete";
        String path = path(refused);
        return path.isEmpty()
                ? new ProblemException(ProblemCode.INVALID, "the body is refused: " + message)
                : new ProblemException(
                        ProblemCode.INVALID, "\"" + path + "\": " + message, new FieldError(path, message));
    }

    private static ProblemException atField(ProblemCode code, String path, String message) {
        return new ProblemException(code, "\"" + path + "\" " + message, new FieldError(path, message));
    }

    private static String path(JsonMappingException failure) {
        StringBuilder path = new StringBuilder();
        for (JsonMappingException.Reference step : failure.getPath()) {
            if (step.getFieldName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(shortened(step.getFieldName()));
            }
        }
        return path.toString();
    }

    private static String shortened(String name) {
        return name.length() <= 64 ? name : name.substring(0, 64) + "…";
    }

    private static String place(@Nullable JsonLocation location) {
        return location == null || location.getLineNr() < 1
                ? ""
                : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
    }

    private static String expected(@Nullable Class<?> type) {
        if (type == null) {
            return "of another type";
        }
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .map(constant -> constant.toString().toLowerCase(java.util.Locale.ROOT))
                    .collect(Collectors.joining(", ", "one of ", ""));
        }
        if (CharSequence.class.isAssignableFrom(type)) {
            return "a string";
        }
        if (type == Boolean.class || type == boolean.class) {
            return "true or false";
        }
        if (type == Duration.class) {
            return "a number of seconds";
        }
        if (type == Instant.class) {
            return "a time as in RFC 3339, such as 2026-01-31T08:00:00Z";
        }
        if (Number.class.isAssignableFrom(type) || type.isPrimitive()) {
            return type == Double.class || type == double.class || type == BigDecimal.class
                    ? "a number"
                    : "a whole number in range";
        }
        if (Collection.class.isAssignableFrom(type) || type.isArray()) {
            return "an array";
        }
        return "an object";
    }
}
