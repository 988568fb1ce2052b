package org.mcpagentic.mcp.task;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.mcpagentic.mcp.InputRequest;
import org.mcpagentic.mcp.McpError;
import org.mcpagentic.mcp.content.CallResult;

/**
 * A task as its client sees it.
 *
 * @see <a href="https://github.com/modelcontextprotocol/ext-tasks">Extension io.modelcontextprotocol/tasks</a>
 */
public sealed interface TaskView {

    TaskHead head();

    /** Whether it changes no more. */
    boolean isTerminal();

    /** Under way: queued, running, or between attempts. */
    record Working(TaskHead head) implements TaskView {

        @Override
        public boolean isTerminal() {
            return false;
        }
    }

    /**
     * Waits for what the client says with {@code tasks/update}.
     *
     * @param requests by names that are used only once in the task's life
     */
    record InputRequired(TaskHead head, SequencedMap<String, InputRequest> requests) implements TaskView {

        public InputRequired {
            if (requests.isEmpty()) {
                throw new IllegalArgumentException("a task that requires input says which");
            }
            requests = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(requests));
        }

        @Override
        public boolean isTerminal() {
            return false;
        }
    }

    /** Has a result, which may say that the call failed as a call. */
    record Completed(TaskHead head, CallResult result) implements TaskView {

        @Override
        public boolean isTerminal() {
            return true;
        }
    }

    /** Came to no result. */
    record Failed(TaskHead head, McpError error) implements TaskView {

        @Override
        public boolean isTerminal() {
            return true;
        }
    }

    /** Was cancelled. */
    record Cancelled(TaskHead head) implements TaskView {

        @Override
        public boolean isTerminal() {
            return true;
        }
    }
}
