package org.mcpagentic.agent.model.offline;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.mcpagentic.agent.tool.ToolCall;

/** How far a wish has come. */
sealed interface Outcome {

    /** It can be called now. */
    record Ready(ToolCall call) implements Outcome {}

    /** It needs the result of a wish that has none yet. */
    record Waiting() implements Outcome {}

    /**
     * The tool answered what was expected.
     *
     * @param earlier what it went on with
     * @param corrected what was called in place of what was wished
     */
    record Done(JsonNode result, Optional<Value> earlier, Optional<String> corrected) implements Outcome {}

    /** The tool answered something else. */
    record Unexpected(String text) implements Outcome {}

    record Failed(String message) implements Outcome {}

    /** The tool is not among those that may be called. */
    record NotAllowed() implements Outcome {}

    /** What it was to go on with has no result. */
    record Blocked() implements Outcome {}
}
