package org.mcpagentic.store;

import java.time.Instant;

/** An approval's status with what belongs to it. */
public sealed interface ApprovalState {

    ApprovalStatus status();

    record Pending() implements ApprovalState {
        @Override
        public ApprovalStatus status() {
            return ApprovalStatus.PENDING;
        }
    }

    /**
     * @param by who decided
     * @param arguments what the call is made with, and nothing else
     * @param edited whether these are other ones than were asked for
     */
    record Approved(OwnerId by, Instant at, CallArguments arguments, boolean edited) implements ApprovalState {
        @Override
        public ApprovalStatus status() {
            return ApprovalStatus.APPROVED;
        }
    }

    /** @param reason what the model reads, may be empty */
    record Refused(OwnerId by, Instant at, String reason) implements ApprovalState {
        @Override
        public ApprovalStatus status() {
            return ApprovalStatus.REFUSED;
        }
    }

    record Expired(Instant at) implements ApprovalState {
        @Override
        public ApprovalStatus status() {
            return ApprovalStatus.EXPIRED;
        }
    }

    record Withdrawn(Instant at) implements ApprovalState {
        @Override
        public ApprovalStatus status() {
            return ApprovalStatus.WITHDRAWN;
        }
    }
}
