package org.mcpagentic.edge.access;

import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.mcpagentic.access.Limits;
import org.mcpagentic.access.Principal;
import org.mcpagentic.access.Rights;
import org.mcpagentic.edge.problem.ProblemCode;
import org.mcpagentic.edge.problem.ProblemException;
import org.mcpagentic.store.OwnerId;
import org.mcpagentic.store.SessionId;
import org.mcpagentic.store.TenantId;

/** Makes callers of those who stand behind a request. */
public final class Callers {

    /** Who everyone is where access control is off: {@code local} of tenant {@code default}, who may do everything. */
    public static final Principal LOCAL = new Principal(
            TenantId.DEFAULT,
            new OwnerId("local"),
            Principal.Kind.LOCAL,
            Rights.ALL,
            Limits.NONE,
            Optional.empty(),
            Optional.empty());

    private static final String SESSION_HEADER = "Session-Id";

    private Callers() {}

    /**
     * The caller of a request. Its session is the principal's own, or what the header {@code Session-Id} says, or one for all that the
     * same program asks.
     *
     * @throws ProblemException {@code bad_header} where the header is no session's id, or is there twice
     */
    public static Caller of(Principal principal, HttpServerRequest request) {
        String userAgent = userAgent(request);
        List<String> sessions = request.headers().getAll(SESSION_HEADER);
        if (sessions.size() > 1) {
            throw badSession("it is there more than once");
        }
        try {
            SessionId session = principal
                    .session()
                    .orElseGet(() -> sessions.isEmpty()
                            ? derivedSession(principal.owner(), userAgent)
                            : new SessionId(sessions.getFirst()));
            return new Caller(principal, session, userAgent);
        } catch (IllegalArgumentException e) {
            throw badSession("it must be 8 to 64 characters of A-Z, a-z, 0-9, _ and -");
        }
    }

    /** What is answered to a request without a good credential; it does not say what is wrong with it. */
    public static ProblemException unauthenticated() {
        return new ProblemException(
                ProblemCode.UNAUTHENTICATED, "this needs a valid credential: Authorization: Bearer, and an API key");
    }

    private static ProblemException badSession(String why) {
        return new ProblemException(ProblemCode.BAD_HEADER, "the header Session-Id is refused: " + why);
    }

    private static String userAgent(HttpServerRequest request) {
        String header = request.getHeader("User-Agent");
        if (header == null) {
            return "";
        }
        return header.length() <= Caller.MAX_USER_AGENT ? header : header.substring(0, Caller.MAX_USER_AGENT);
    }

    private static SessionId derivedSession(OwnerId owner, String userAgent) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest((owner + "\n" + userAgent).getBytes(StandardCharsets.UTF_8));
            return new SessionId("d-" + HexFormat.of().formatHex(digest, 0, 10));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
