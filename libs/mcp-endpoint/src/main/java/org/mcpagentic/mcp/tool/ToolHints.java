package org.mcpagentic.mcp.tool;

/**
 * What a tool does to the world, for a client to decide whom to ask before it calls it.
 *
 * @param readOnly changes nothing
 * @param destructive may undo or overwrite; of no meaning where it only reads
 * @param idempotent the same call twice does no more than once
 * @param openWorld reaches beyond this system
 */
public record ToolHints(boolean readOnly, boolean destructive, boolean idempotent, boolean openWorld) {

    /** Reads within this system. */
    public static final ToolHints READ_ONLY = new ToolHints(true, false, true, false);
}
