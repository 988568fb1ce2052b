package org.mcpagentic.dashboard.upstream;

import jakarta.ws.rs.HeaderParam;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** On whose behalf a service is asked, as headers: nobody else's rights are used than those of whoever looks at the page. */
public final class OnBehalf {
    /** The person's own session, where access control is on. */
    @HeaderParam("Authorization")
    private final @Nullable String authorization;

    /** What the work is grouped by, where there is no session that says it. */
    @HeaderParam("Session-Id")
    private final @Nullable String sessionId;

    /** The browser's own: the services tell sessions without an id apart by it. */
    @HeaderParam("User-Agent")
    private final @Nullable String userAgent;

    /**
     * @param token a session's token, where somebody is signed in
     * @param sessionId a browser's session id, where nobody has to
     */
    public OnBehalf(Optional<String> token, Optional<String> sessionId, Optional<String> userAgent) {
        this.authorization = token.map(text -> "Bearer " + text).orElse(null);
        this.sessionId = sessionId.orElse(null);
        this.userAgent = userAgent.orElse(null);
    }

    public @Nullable String getAuthorization() {
        return authorization;
    }

    public @Nullable String getSessionId() {
        return sessionId;
    }

    public @Nullable String getUserAgent() {
        return userAgent;
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "OnBehalf[hidden]";
    }
}
