package org.mcpagentic.agent.mask;

/** Takes out of text what must not leave the service, such as secrets. Safe for use by several threads. */
public interface OutputFilter {

    /** Leaves everything as it is: for where there is nothing to protect, as in tests. */
    OutputFilter NONE = new PassingAll();

    /** The text without what must not leave. */
    String whole(String text);

    /** Filters a text that comes in pieces. */
    Pieces pieces();

    /**
     * One text that comes in pieces. What is handed out, put together, is what {@link OutputFilter#whole} makes of the whole
     * text, however it was cut. For one thread at a time.
     */
    interface Pieces {

        /** Takes a piece and returns what can be shown by now, possibly nothing. */
        String take(String piece);

        /** What was held back, now that nothing more comes. */
        String end();
    }
}
