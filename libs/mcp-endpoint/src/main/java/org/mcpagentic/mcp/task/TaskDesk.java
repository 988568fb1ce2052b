package org.mcpagentic.mcp.task;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.Map;
import java.util.Optional;
import org.mcpagentic.edge.access.Caller;

/**
 * Where tasks are asked for; at most one bean per service, without which the extension is not offered. Ids come from clients and may be anything; one
 * that belongs to another owner is as unknown as one that never was. What a caller lacks a scope for fails with
 * {@code InsufficientScope}.
 */
public interface TaskDesk {

    /** A task; empty where the caller has none with that id. */
    Uni<Optional<TaskView>> get(Caller caller, String id);

    /**
     * Takes answers to what a task requires. Names that are not asked for, or not any more, are ignored.
     *
     * @param inputs unchecked, by the names of {@link TaskView.InputRequired#requests()}
     * @return whether the caller has a task with that id
     */
    Uni<Boolean> update(Caller caller, String id, Map<String, ObjectNode> inputs);

    /**
     * Asks for a task's end; a task that has ended stays as it is.
     *
     * @return whether the caller has a task with that id
     */
    Uni<Boolean> cancel(Caller caller, String id);

    /** A task's state now and at each change, completing behind a terminal one; empty where the caller has none with that id. */
    Multi<TaskView> follow(Caller caller, String id);
}
