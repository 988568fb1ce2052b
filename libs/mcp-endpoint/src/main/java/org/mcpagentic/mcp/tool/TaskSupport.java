package org.mcpagentic.mcp.tool;

/** Whether a call of a tool may go on as a task. */
public enum TaskSupport {
    /** It answers within its call. */
    NONE,
    /** It goes on as a task for clients that take one. */
    OPTIONAL
}
