package org.mcpagentic.custommcp.tools.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.burt.jmespath.JmesPathException;
import io.burt.jmespath.parser.ParseError;
import io.burt.jmespath.parser.ParseException;
import org.mcpagentic.agent.tool.ToolFailure;

/** A query in JMESPath, <a href="https://jmespath.org/specification.html">jmespath.org/specification.html</a>. */
public final class JsonQuery {

    private static final int MOST_MESSAGE_CHARACTERS = 300;

    private JsonQuery() {}

    /**
     * Asks a document; looks now and then whether its thread is interrupted.
     *
     * @return the result as JSON, at most so many characters; fails with {@link ToolFailure} that says what to repair
     */
    public static String ask(JsonDocument document, String query, int mostCharacters) {
        String result = JsonDocument.write(search(document, query));
        if (result.length() > mostCharacters) {
            throw new ToolFailure("the result has %d characters, at most %d are given; choose fields, or a part: [0:10]"
                    .formatted(result.length(), mostCharacters));
        }
        return result;
    }

    private static JsonNode search(JsonDocument document, String query) {
        try {
            return new BoundedRuntime().compile(query).search(document.root());
        } catch (ParseException e) {
            throw unreadable(query, e.iterator().next());
        } catch (JmesPathException e) {
            throw new ToolFailure("the query does not fit the JSON: " + abridged(String.valueOf(e.getMessage())));
        } catch (NumberFormatException e) {
            throw new ToolFailure("a number in the query's brackets is too large");
        } catch (StackOverflowError e) {
            throw new ToolFailure("the query is nested too deeply");
        }
    }

    private static ToolFailure unreadable(String query, ParseError error) {
        int at = error.position();
        boolean number = at >= 0 && at < query.length() && Character.isDigit(query.charAt(at));
        return new ToolFailure("the query cannot be read at character %d: %s%s"
                .formatted(
                        at + 1, abridged(error.message()), number ? "; literal numbers stand in backticks: `30`" : ""));
    }

    private static String abridged(String message) {
        return message.length() <= MOST_MESSAGE_CHARACTERS
                ? message
                : message.substring(0, MOST_MESSAGE_CHARACTERS) + "\u2026";
    }
}
