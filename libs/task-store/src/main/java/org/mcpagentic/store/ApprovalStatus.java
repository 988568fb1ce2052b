package org.mcpagentic.store;

import java.util.Locale;

/** Where a request for approval is; all but the first are final. */
public enum ApprovalStatus {
    /** Nobody has decided yet; its task waits. */
    PENDING,
    /** A person lets the call be made, as it was asked for or with other arguments. */
    APPROVED,
    /** A person does not let the call be made. */
    REFUSED,
    /** Nobody decided in time. */
    EXPIRED,
    /** Its task ended before anybody decided. */
    WITHDRAWN;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /** The name on the wire and in Redis. */
    public String wireName() {
        return wireName;
    }

    /**
     * The status of a wire name.
     *
     * @throws IllegalArgumentException when there is none of that name
     */
    public static ApprovalStatus ofWireName(String wireName) {
        return switch (wireName) {
            case "pending" -> PENDING;
            case "approved" -> APPROVED;
            case "refused" -> REFUSED;
            case "expired" -> EXPIRED;
            case "withdrawn" -> WITHDRAWN;
            default -> throw new IllegalArgumentException("no approval's status is named " + wireName);
        };
    }
}
