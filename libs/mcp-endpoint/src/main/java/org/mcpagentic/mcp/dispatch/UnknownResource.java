package org.mcpagentic.mcp.dispatch;

/** The caller has no resource at an address; revisions have different codes for it. */
public final class UnknownResource extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String uri;

    UnknownResource(String uri) {
        super("there is no such resource", null, false, false);
        this.uri = uri;
    }

    public String uri() {
        return uri;
    }
}
