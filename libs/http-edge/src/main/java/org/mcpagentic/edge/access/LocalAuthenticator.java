package org.mcpagentic.edge.access;

import io.quarkus.arc.DefaultBean;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.mcpagentic.edge.problem.ProblemCode;
import org.mcpagentic.edge.problem.ProblemException;
import org.mcpagentic.store.OwnerId;
import org.mcpagentic.store.SessionId;
import org.mcpagentic.store.TenantId;

/** Knows everyone as {@code local} of tenant {@code default}: for a system whose door is the loopback interface. */
@DefaultBean
@ApplicationScoped
public class LocalAuthenticator implements Authenticator {

    private static final OwnerId LOCAL = new OwnerId("local");
    private static final String SESSION_HEADER = "Session-Id";

    @Override
    public Uni<Caller> authenticate(HttpServerRequest request) {
        String userAgent = userAgent(request);
        List<String> sessions = request.headers().getAll(SESSION_HEADER);
        if (sessions.size() > 1) {
            return Uni.createFrom().failure(badSession("it is there more than once"));
        }
        try {
            SessionId session =
                    sessions.isEmpty() ? derivedSession(LOCAL, userAgent) : new SessionId(sessions.getFirst());
            return Uni.createFrom().item(new Caller(TenantId.DEFAULT, LOCAL, session, userAgent));
        } catch (IllegalArgumentException e) {
            return Uni.createFrom().failure(badSession("it must be 8 to 64 characters of A-Z, a-z, 0-9, _ and -"));
        }
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
