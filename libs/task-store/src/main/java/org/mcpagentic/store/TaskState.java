package org.mcpagentic.store;

import java.time.Instant;
import java.util.Optional;

/** A task's status with what belongs to it. */
public sealed interface TaskState {

    TaskStatus status();

    record Created() implements TaskState {
        @Override
        public TaskStatus status() {
            return TaskStatus.CREATED;
        }
    }

    record Queued() implements TaskState {
        @Override
        public TaskStatus status() {
            return TaskStatus.QUEUED;
        }
    }

    /** @param worker the incarnation that holds it */
    record Running(String worker) implements TaskState {
        @Override
        public TaskStatus status() {
            return TaskStatus.RUNNING;
        }
    }

    /** @param reason what a person has to decide */
    record Waiting(TaskError reason) implements TaskState {
        @Override
        public TaskStatus status() {
            return TaskStatus.WAITING;
        }
    }

    /**
     * @param until when it goes back to the queue
     * @param error what failed
     */
    record Retrying(Instant until, TaskError error) implements TaskState {
        @Override
        public TaskStatus status() {
            return TaskStatus.RETRYING;
        }
    }

    /** @param worker the incarnation that has to confirm */
    record Cancelling(String worker) implements TaskState {
        @Override
        public TaskStatus status() {
            return TaskStatus.CANCELLING;
        }
    }

    record Succeeded(String result) implements TaskState {
        @Override
        public TaskStatus status() {
            return TaskStatus.SUCCEEDED;
        }
    }

    record Failed(TaskError error) implements TaskState {
        @Override
        public TaskStatus status() {
            return TaskStatus.FAILED;
        }
    }

    /** @param error present where nobody asked for it: the task expired */
    record Cancelled(Optional<TaskError> error) implements TaskState {
        @Override
        public TaskStatus status() {
            return TaskStatus.CANCELLED;
        }
    }
}
