package org.mcpagentic.dashboard.signin;

import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.mcpagentic.access.Principal;
import org.mcpagentic.access.audit.AuditEvent;
import org.mcpagentic.access.audit.AuditLog;
import org.mcpagentic.access.credential.Credentials;
import org.mcpagentic.access.limit.RateLimiter;
import org.mcpagentic.access.session.OpenedSession;
import org.mcpagentic.access.session.Sessions;
import org.mcpagentic.access.session.SignInLinks;
import org.mcpagentic.access.token.Token;
import org.mcpagentic.edge.access.Arrivals;
import org.mcpagentic.edge.problem.ProblemCode;
import org.mcpagentic.edge.problem.ProblemException;
import org.mcpagentic.store.Guard;
import org.mcpagentic.store.StoreException;
import org.mcpagentic.store.TenantId;

/** Lets people in and out, and writes it down. Whoever proves to be somebody in another way than those here opens a session just so. */
@ApplicationScoped
class SignIns {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Credentials credentials;
    private final Sessions sessions;
    private final SignInLinks links;
    private final RateLimiter limiter;
    private final AuditLog audit;
    private final Arrivals arrivals;
    private final int perMinute;

    SignIns(
            Credentials credentials,
            Sessions sessions,
            SignInLinks links,
            RateLimiter limiter,
            AuditLog audit,
            Arrivals arrivals,
            SignInConfig config) {
        this.credentials = credentials;
        this.sessions = sessions;
        this.links = links;
        this.limiter = limiter;
        this.audit = audit;
        this.arrivals = arrivals;
        this.perMinute = config.signInsPerMinute();
    }

    /** Signs in by an API key's token; fails with {@code unauthenticated}, with {@code rate_limited} after many tries. */
    Uni<OpenedSession> byKey(HttpServerRequest request, String text) {
        Optional<Token> key = Token.parse(text).filter(token -> token.kind() == Token.Kind.KEY);
        return attempt(
                request,
                "key",
                key,
                token -> credentials
                        .verify(token)
                        .chain(known -> known.filter(principal -> principal.kind() == Principal.Kind.KEY)
                                .map(principal ->
                                        sessions.open(principal, userAgent(request), SessionCookie.read(request)))
                                .orElseGet(SignIns::nobody)));
    }

    /** Signs in by a link's token, which it uses up; fails as {@link #byKey}. */
    Uni<OpenedSession> byLink(HttpServerRequest request, String text) {
        Optional<Token> link = Token.parse(text).filter(token -> token.kind() == Token.Kind.LINK);
        return attempt(
                request, "link", link, token -> links.redeem(token, userAgent(request), SessionCookie.read(request)));
    }

    /** Ends the session at hand. */
    Uni<Void> out(Principal person, Token token) {
        return sessions.close(token)
                .call(() -> audit.append(
                        closed(person, person.session().orElseThrow().value(), "")))
                .replaceWithVoid();
    }

    /** Ends all of a person's sessions. */
    Uni<Void> outEverywhere(Principal person) {
        return sessions.closeAll(person.tenant(), person.owner())
                .call(ended -> audit.append(closed(person, "all", "ended=" + ended)))
                .replaceWithVoid();
    }

    /**
     * Signs in whoever a provider says it is; fails with {@link SignInRefusal}, and with {@link StoreException} after
     * many tries and where Redis does not answer.
     */
    Uni<OpenedSession> byProvider(HttpServerRequest request, Supplier<Uni<Principal>> proven) {
        String address = arrivals.of(request).sender();
        return limiter.take(TenantId.DEFAULT, tries(address))
                .chain(proven::get)
                .chain(person -> sessions.open(person, userAgent(request), SessionCookie.read(request)))
                .map(Optional::orElseThrow)
                .call(session -> audit.append(opened(session, "oidc")))
                .onFailure(SignInRefusal.class)
                .call(refusal -> audit.append(new AuditEvent(
                        TenantId.DEFAULT,
                        address,
                        "session.refuse",
                        "",
                        "by=oidc reason=" + refusal.reason().wireName())));
    }

    /** What somebody is told whom the store refused, or did not answer. */
    static SignInRefusal.Reason reason(StoreException failure) {
        return failure.code() == StoreException.Code.GUARD_REFUSED
                ? SignInRefusal.Reason.TOO_MANY
                : SignInRefusal.Reason.UNAVAILABLE;
    }

    private Guard.Rate tries(String address) {
        return new Guard.Rate("signin:" + address, MINUTE.dividedBy(perMinute), perMinute);
    }

    private Uni<OpenedSession> attempt(
            HttpServerRequest request,
            String by,
            Optional<Token> token,
            Function<Token, Uni<Optional<OpenedSession>>> open) {
        String address = arrivals.of(request).sender();
        return limiter.take(TenantId.DEFAULT, tries(address))
                .chain(() -> token.map(open).orElseGet(SignIns::nobody))
                .call(opened -> audit.append(
                        opened.map(session -> opened(session, by)).orElseGet(() -> refused(address, token, by))))
                .map(opened -> opened.orElseThrow(() -> new ProblemException(
                        ProblemCode.UNAUTHENTICATED,
                        by.equals("key")
                                ? "this key is not known, or not good any more"
                                : "this link was used, is too old, or is not one of ours")));
    }

    private static Uni<Optional<OpenedSession>> nobody() {
        return Uni.createFrom().item(Optional.empty());
    }

    private static AuditEvent opened(OpenedSession session, String by) {
        Principal person = session.principal();
        return new AuditEvent(
                person.tenant(),
                person.owner().value(),
                "session.open",
                person.session().orElseThrow().value(),
                "by=" + by);
    }

    private static AuditEvent closed(Principal person, String target, String detail) {
        return new AuditEvent(person.tenant(), person.owner().value(), "session.close", target, detail);
    }

    private static AuditEvent refused(String address, Optional<Token> token, String by) {
        return new AuditEvent(
                TenantId.DEFAULT,
                address,
                "session.refuse",
                token.map(Token::toString).orElse(""),
                "by=" + by);
    }

    private static String userAgent(HttpServerRequest request) {
        String userAgent = request.getHeader("User-Agent");
        return userAgent == null ? "" : userAgent;
    }
}
