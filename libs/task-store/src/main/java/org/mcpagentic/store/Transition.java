package org.mcpagentic.store;

import static org.mcpagentic.store.TaskStatus.CANCELLED;
import static org.mcpagentic.store.TaskStatus.CANCELLING;
import static org.mcpagentic.store.TaskStatus.CREATED;
import static org.mcpagentic.store.TaskStatus.FAILED;
import static org.mcpagentic.store.TaskStatus.QUEUED;
import static org.mcpagentic.store.TaskStatus.RETRYING;
import static org.mcpagentic.store.TaskStatus.RUNNING;
import static org.mcpagentic.store.TaskStatus.SUCCEEDED;
import static org.mcpagentic.store.TaskStatus.WAITING;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Every way a task moves from one status to another, and from where. This table is the only one: the Lua scripts that
 * apply a transition get their row of it when they are loaded.
 */
public enum Transition {
    /** Somebody asks for the task to run. */
    ENQUEUE(Map.of(CREATED, QUEUED)),
    /** A worker takes it. */
    CLAIM(Map.of(QUEUED, RUNNING)),
    /** The worker reports a result; also when a cancel came too late. */
    SUCCEED(Map.of(RUNNING, SUCCEEDED, CANCELLING, SUCCEEDED)),
    /** The worker reports an error for good. */
    FAIL(Map.of(RUNNING, FAILED, CANCELLING, FAILED)),
    /** The worker reports an error that another try may mend; a cancel that is under way wins. */
    RETRY_LATER(Map.of(RUNNING, RETRYING, CANCELLING, CANCELLED)),
    /** The worker needs a person; a cancel that is under way wins. */
    SUSPEND(Map.of(RUNNING, WAITING, CANCELLING, CANCELLED)),
    /** The worker hands it back, or it is taken from a dead one; a cancel that is under way wins. */
    RELEASE(Map.of(RUNNING, QUEUED, CANCELLING, CANCELLED)),
    /** Its time has come: a retry is due. */
    PROMOTE(Map.of(RETRYING, QUEUED)),
    /** Its deadline passed while no worker held it. */
    TIME_OUT(Map.of(QUEUED, FAILED, RETRYING, FAILED, WAITING, FAILED)),
    /** The person answered. */
    RESUME(Map.of(WAITING, QUEUED)),
    /** Somebody asks for an end; a worker that holds it has to confirm. */
    CANCEL(Map.of(
            CREATED, CANCELLED,
            QUEUED, CANCELLED,
            WAITING, CANCELLED,
            RETRYING, CANCELLED,
            RUNNING, CANCELLING)),
    /** The worker confirms that it stopped. */
    CONFIRM_CANCEL(Map.of(CANCELLING, CANCELLED)),
    /** It was never asked to run. */
    EXPIRE(Map.of(CREATED, CANCELLED));

    // why: unmodifiable, which the type cannot say
    @SuppressWarnings("ImmutableEnumChecker")
    private final Map<TaskStatus, TaskStatus> rows;

    Transition(Map<TaskStatus, TaskStatus> rows) {
        this.rows = Collections.unmodifiableMap(new EnumMap<>(rows));
    }

    /** Where the transition leads from there, or nothing where it is not allowed. */
    public Optional<TaskStatus> from(TaskStatus status) {
        return Optional.ofNullable(rows.get(status));
    }

    /** All rows, in the order of the statuses. */
    public Map<TaskStatus, TaskStatus> rows() {
        return rows;
    }

    /** The name in scripts and documents. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
