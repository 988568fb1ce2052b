package org.mcpagentic.custommcp.tools;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.mcpagentic.agent.tool.OwnThread;
import org.mcpagentic.agent.tool.SideEffects;
import org.mcpagentic.agent.tool.Tool;
import org.mcpagentic.agent.tool.ToolContext;
import org.mcpagentic.agent.tool.ToolSpec;
import org.mcpagentic.custommcp.tools.json.JsonDocument;
import org.mcpagentic.custommcp.tools.json.JsonQuery;

/** Asks JSON with JMESPath. */
@ApplicationScoped
public class JsonQueryTool implements Tool {

    private static final ToolSpec SPEC = new ToolSpec(
            "json_query",
            "Selects, filters, counts, sorts and reshapes JSON with a JMESPath query. Examples: "
                    + "people[?age > `30`].name gives the names of those over 30; "
                    + "length(orders[?status == 'open']) counts the open orders; "
                    + "sort_by(items, &price)[-3:].{name: name, price: price} gives name and price of the three dearest. "
                    + "The result is JSON; null means that nothing was found.",
            Json.object("""
                    {
                      "$schema": "https://json-schema.org/draft/2020-12/schema",
                      "type": "object",
                      "properties": {
                        "json": {
                          "type": ["string", "object", "array"],
                          "maxLength": 200000,
                          "description": "The JSON itself, complete: as text, or directly as an object or array. At most 200,000 characters, nested at most 100 deep.",
                          "examples": ["{\\"people\\": [{\\"name\\": \\"Ada\\", \\"age\\": 36}]}"]
                        },
                        "query": {
                          "type": "string",
                          "minLength": 1,
                          "maxLength": 1000,
                          "description": "JMESPath. Literal numbers, true, false and null stand in backticks (`30`), texts in single quotes ('open'), names with other characters in double quotes (\\"first-name\\"). @ is the present value. Functions: length, keys, values, sort, sort_by, min_by, max_by, sum, avg, contains, starts_with, join, map, merge, to_number, to_string, type, not_null and more.",
                          "examples": ["people[?age > `30`].name", "sum(items[].price)"]
                        }
                      },
                      "required": ["json", "query"],
                      "additionalProperties": false
                    }
                    """),
            SideEffects.READ_ONLY,
            Duration.ofSeconds(5),
            40_000);

    @Override
    public ToolSpec spec() {
        return SPEC;
    }

    @Override
    public Uni<String> call(ObjectNode arguments, ToolContext context) {
        return OwnThread.run(context.threads(), () -> query(arguments));
    }

    private static String query(ObjectNode untrusted) {
        Arguments arguments = Arguments.of(untrusted, SPEC);
        JsonNode given = untrusted.path("json");
        JsonDocument document =
                given.isContainerNode() ? JsonDocument.of(given) : JsonDocument.read(arguments.text("json"));
        return JsonQuery.ask(document, arguments.text("query"), SPEC.maxOutputChars());
    }
}
