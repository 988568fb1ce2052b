package org.mcpagentic.access.session;

import java.time.Instant;
import org.mcpagentic.store.SessionId;

/**
 * One place where somebody is signed in.
 *
 * @param session what the statistics know the sitting by
 * @param started when it began
 * @param lastSeen when it was last used, give or take a minute
 * @param expires when it ends unless it is used
 * @param userAgent what the browser said of itself when it signed in, at most {@value #MAX_USER_AGENT} characters
 */
public record SignedIn(SessionId session, Instant started, Instant lastSeen, Instant expires, String userAgent) {

    /** Longest {@link #userAgent()}; a longer one is cut. */
    public static final int MAX_USER_AGENT = 256;
}
