package org.mcpagentic.mcp.resource;

import java.util.List;
import org.mcpagentic.mcp.NeededInput;
import org.mcpagentic.mcp.content.ResourceContents;

/** How the reading of a resource is answered. */
public sealed interface ResourceOutcome {

    /** With what it holds. */
    record Contents(List<ResourceContents> contents) implements ResourceOutcome {

        public Contents {
            contents = List.copyOf(contents);
        }
    }

    /** With a question; it is read again with the answers. */
    record InputRequired(NeededInput needed) implements ResourceOutcome {}

    /** The caller has no such resource here; another source may have it. */
    record Unknown() implements ResourceOutcome {}
}
