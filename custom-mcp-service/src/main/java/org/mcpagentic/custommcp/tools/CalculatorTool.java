package org.mcpagentic.custommcp.tools;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.mcpagentic.agent.tool.SideEffects;
import org.mcpagentic.agent.tool.Tool;
import org.mcpagentic.agent.tool.ToolContext;
import org.mcpagentic.agent.tool.ToolSpec;
import org.mcpagentic.custommcp.tools.calculator.Calculation;

/** Evaluates arithmetic exactly. */
@ApplicationScoped
public class CalculatorTool implements Tool {

    private static final ToolSpec SPEC = new ToolSpec(
            "calculator",
            "Evaluates one arithmetic expression with exact decimals and fractions: 0.1 + 0.2 is 0.3, 1/3*3 is 1. "
                    + "What has no exact decimal result is rounded to 34 significant digits and says so.",
            Json.object("""
                    {
                      "$schema": "https://json-schema.org/draft/2020-12/schema",
                      "type": "object",
                      "properties": {
                        "expression": {
                          "type": "string",
                          "minLength": 1,
                          "maxLength": 1000,
                          "description": "Operators + - * / ^ mod ! and parentheses. % is percent: 17.5% * 2480 is 434, and a percentage that is added or taken is of what stands before it: 200 + 10% is 220. Numbers may group thousands as in 2,480, except inside a function's arguments, which commas separate. Functions: sqrt, cbrt, abs, round(x, places), floor, ceil, min, max, sum, avg, exp, ln, log10, log2, fact. Constants: pi, e.",
                          "examples": ["17.5% * 2,480", "(1 + 0.05/12)^360", "round(sqrt(2), 4)", "avg(3, 4, 5)"]
                        },
                        "scale": {
                          "type": "integer",
                          "minimum": 0,
                          "maximum": 50,
                          "description": "Decimal places to round the result to, half away from zero. Without it, nothing is rounded that need not be.",
                          "examples": [2]
                        }
                      },
                      "required": ["expression"],
                      "additionalProperties": false
                    }
                    """),
            SideEffects.READ_ONLY,
            Duration.ofSeconds(5),
            10_000);

    @Override
    public ToolSpec spec() {
        return SPEC;
    }

    @Override
    public Uni<String> call(ObjectNode arguments, ToolContext context) {
        // why: the longest allowed expression may take tens of milliseconds, too long for an event loop
        return Uni.createFrom()
                .item(() -> calculate(arguments))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    private static String calculate(ObjectNode untrusted) {
        Arguments arguments = Arguments.of(untrusted, SPEC);
        Calculation calculation = Calculation.of(arguments.text("expression"), arguments.optionalInteger("scale"));
        ObjectNode result = Json.object().put("result", calculation.result()).put("exact", calculation.exact());
        calculation.rounding().ifPresent(how -> result.put("rounding", how));
        calculation.fraction().ifPresent(fraction -> result.put("fraction", fraction));
        return result.toString();
    }
}
