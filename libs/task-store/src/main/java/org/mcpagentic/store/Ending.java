package org.mcpagentic.store;

import java.time.Duration;
import java.util.List;

/** How a worker lets go of a task. */
public sealed interface Ending {

    Transition transition();

    record Succeeded(String result) implements Ending {
        @Override
        public Transition transition() {
            return Transition.SUCCEED;
        }
    }

    record Failed(TaskError error) implements Ending {
        @Override
        public Transition transition() {
            return Transition.FAIL;
        }
    }

    /** @param delay until it goes back to the queue */
    record RetryLater(TaskError error, Duration delay) implements Ending {
        @Override
        public Transition transition() {
            return Transition.RETRY_LATER;
        }
    }

    /**
     * @param reason what a person has to decide
     * @param requests calls that wait for an approval; where there are any, the task goes on as soon as all are decided
     */
    record Suspended(TaskError reason, List<ApprovalRequest> requests) implements Ending {

        public Suspended {
            requests = List.copyOf(requests);
        }

        /** Waits for a person to resolve a step. */
        public Suspended(TaskError reason) {
            this(reason, List.of());
        }

        @Override
        public Transition transition() {
            return Transition.SUSPEND;
        }
    }

    /** Handed back unfinished: another worker goes on. */
    record Released() implements Ending {
        @Override
        public Transition transition() {
            return Transition.RELEASE;
        }
    }

    record CancelConfirmed() implements Ending {
        @Override
        public Transition transition() {
            return Transition.CONFIRM_CANCEL;
        }
    }
}
