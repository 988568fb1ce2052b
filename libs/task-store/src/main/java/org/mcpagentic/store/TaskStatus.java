package org.mcpagentic.store;

import java.util.Locale;

/** Where a task is in its life. What leads from one to the next is {@link Transition}. */
public enum TaskStatus {
    /** Accepted, not asked to run yet. */
    CREATED,
    /** Ready for a worker. */
    QUEUED,
    /** A worker holds it. */
    RUNNING,
    /** Needs a person's answer before it goes on. */
    WAITING,
    /** Failed for now; goes back to the queue at a time. */
    RETRYING,
    /** A cancel was asked for; the worker has not confirmed yet. */
    CANCELLING,
    /** Ended with a result. Final. */
    SUCCEEDED,
    /** Ended with an error. Final. */
    FAILED,
    /** Ended because somebody asked for it, or because it was never run. Final. */
    CANCELLED;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /** The name on the wire and in Redis. */
    public String wireName() {
        return wireName;
    }

    public boolean isFinal() {
        return switch (this) {
            case SUCCEEDED, FAILED, CANCELLED -> true;
            case CREATED, QUEUED, RUNNING, WAITING, RETRYING, CANCELLING -> false;
        };
    }

    /**
     * The status of a wire name.
     *
     * @throws IllegalArgumentException when there is none of that name
     */
    public static TaskStatus ofWireName(String wireName) {
        return switch (wireName) {
            case "created" -> CREATED;
            case "queued" -> QUEUED;
            case "running" -> RUNNING;
            case "waiting" -> WAITING;
            case "retrying" -> RETRYING;
            case "cancelling" -> CANCELLING;
            case "succeeded" -> SUCCEEDED;
            case "failed" -> FAILED;
            case "cancelled" -> CANCELLED;
            default -> throw new IllegalArgumentException("no task status is named " + wireName);
        };
    }
}
