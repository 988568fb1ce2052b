package org.mcpagentic.store;

import java.util.Locale;

/** The lane a task waits in; lanes share the workers 4 : 2 : 1, so none starves. */
public enum Priority {
    HIGH,
    NORMAL,
    LOW;

    /** The name on the wire: {@code high}, {@code normal} or {@code low}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
