package org.mcpagentic.dashboard;

/**
 * Every route that this service adds to the page's files, relative to its root. The page asks for them by relative
 * links, so that they are right behind a forwarded prefix too.
 */
public final class Routes {
    /** {@code GET}: server-sent events with the statistics of both services. */
    public static final String STATS = "api/stats";

    /** {@code POST}: creates a task; {@code GET}: lists tasks. */
    public static final String TASKS = "api/task";

    /** {@code GET}: a task. The pattern keeps an id from naming another path upstream. */
    public static final String TASK = "api/task/{id: [A-Za-z0-9_-]{1,128}}";

    /** {@code POST}: queues a task. */
    public static final String RUN = TASK + "/run";

    /** {@code POST}: cancels a task. */
    public static final String CANCEL = TASK + "/cancel";

    /** {@code GET}: server-sent events of a task. */
    public static final String EVENTS = TASK + "/events";

    /** {@code GET}: the tools that a task may use. */
    public static final String TOOLS = "api/tool";

    /** {@code POST}: a question, answered by server-sent events. */
    public static final String ASK = "api/ask";

    private Routes() {}
}
