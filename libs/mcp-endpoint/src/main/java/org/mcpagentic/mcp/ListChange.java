package org.mcpagentic.mcp;

/** What is offered to a caller is no longer what it was; says not what, the client lists again. */
public enum ListChange {
    CHANGED
}
