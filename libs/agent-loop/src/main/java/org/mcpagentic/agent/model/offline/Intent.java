package org.mcpagentic.agent.model.offline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** Something that one call of a tool answers: knows the call, and how its result is said. */
sealed interface Intent
        permits Calculate,
                CurrentTime,
                ConvertTime,
                CountText,
                TimeBetween,
                DateShift,
                DescribeDay,
                HashText,
                EncodeText,
                FetchPage,
                Remember,
                Recall,
                SearchMemory,
                ListMemory,
                Forget {

    String tool();

    /** What of an earlier result this goes on with. */
    Value.Kind continues();

    /** What the result can be gone on with as. */
    Value.Kind yields();

    /** @param earlier of the kind that this continues */
    ObjectNode arguments(Optional<Value> earlier);

    /** JSON pointers to what a result must have to be said. */
    List<String> needs();

    String phrase(JsonNode result, Optional<Value> earlier);

    /** Of the kind that this yields. */
    Optional<Value> value(JsonNode result);

    /** What was wished, in a few words. */
    String wish();
}
