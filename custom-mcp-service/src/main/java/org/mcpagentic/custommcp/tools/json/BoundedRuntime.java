package org.mcpagentic.custommcp.tools.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.burt.jmespath.JmesPathType;
import io.burt.jmespath.RuntimeConfiguration;
import io.burt.jmespath.function.FunctionRegistry;
import io.burt.jmespath.jackson.JacksonRuntime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.mcpagentic.agent.tool.ToolFailure;

/**
 * JMESPath over Jackson's trees for one query. A query always ends, but {@code [@,@]|[@,@]|...} doubles with every step: so
 * what it makes and the steps that it takes are bounded, and it stops where its thread is interrupted.
 */
final class BoundedRuntime extends JacksonRuntime {

    private static final long MOST_CHARACTERS = 1_000_000;
    private static final long MOST_STEPS = 3_000_000;
    private static final int CHARACTERS_PER_STEP = 4;
    private static final int CONTAINER = 8;
    private static final long EXACT = 1L << 53;

    private static final RuntimeConfiguration CONFIGURATION = RuntimeConfiguration.builder()
            .withFunctionRegistry(FunctionRegistry.defaultRegistry().extend(new JoinFunction()))
            .build();

    private final Weights weights = new Weights();
    private long steps;

    BoundedRuntime() {
        super(CONFIGURATION);
    }

    static void requireSize(long characters) {
        if (characters > MOST_CHARACTERS) {
            throw new ToolFailure("the query makes a value of more than " + MOST_CHARACTERS
                    + " characters on its way; choose less before combining");
        }
    }

    @Override
    public JsonNode parseString(String text) {
        return JsonDocument.read(text).root();
    }

    @Override
    public List<JsonNode> toList(JsonNode value) {
        take(1 + value.size() / CHARACTERS_PER_STEP);
        return super.toList(value);
    }

    @Override
    public String toString(JsonNode value) {
        take(1 + weights.of(value) / CHARACTERS_PER_STEP);
        return value.isTextual() ? value.textValue() : JsonDocument.write(value);
    }

    @Override
    public boolean isTruthy(JsonNode value) {
        take(1);
        return super.isTruthy(value);
    }

    @Override
    public JmesPathType typeOf(JsonNode value) {
        take(1);
        return super.typeOf(value);
    }

    @Override
    public JsonNode getProperty(JsonNode value, JsonNode name) {
        take(1);
        return super.getProperty(value, name);
    }

    @Override
    public int compare(JsonNode one, JsonNode other) {
        if (one.isContainerNode() && other.isContainerNode()) {
            take(Math.min(weights.of(one), weights.of(other)) / CHARACTERS_PER_STEP);
        }
        return super.compare(one, other);
    }

    @Override
    public JsonNode createArray(Collection<JsonNode> elements) {
        take(CONTAINER + elements.size());
        JsonNode array = super.createArray(elements);
        requireSize(weights.of(array));
        return array;
    }

    @Override
    public JsonNode createObject(Map<JsonNode, JsonNode> fields) {
        take(CONTAINER + fields.size());
        JsonNode object = super.createObject(fields);
        requireSize(weights.of(object));
        return object;
    }

    @Override
    public JsonNode createString(String text) {
        take(1 + text.length() / CHARACTERS_PER_STEP);
        requireSize(text.length());
        return super.createString(text);
    }

    /** A whole number is written as one: the sum of 1 and 2 is 3, not 3.0. */
    @Override
    public JsonNode createNumber(double number) {
        if (!Double.isFinite(number)) {
            throw new ToolFailure("a number in the query's way is beyond what can be calculated with");
        }
        return number == Math.rint(number) && Math.abs(number) < EXACT
                ? createNumber((long) number)
                : super.createNumber(number);
    }

    private void take(long more) {
        steps += more;
        if (steps > MOST_STEPS) {
            throw new ToolFailure("the query takes too many steps; choose less before combining");
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("nobody waits for the query any more");
        }
    }
}
