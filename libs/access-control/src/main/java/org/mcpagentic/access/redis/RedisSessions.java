package org.mcpagentic.access.redis;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.mcpagentic.access.AccessSecret;
import org.mcpagentic.access.Principal;
import org.mcpagentic.access.Rights;
import org.mcpagentic.access.session.OpenedSession;
import org.mcpagentic.access.session.SessionConfig;
import org.mcpagentic.access.session.Sessions;
import org.mcpagentic.access.session.SignInLinks;
import org.mcpagentic.access.session.SignedIn;
import org.mcpagentic.access.token.Token;
import org.mcpagentic.store.OwnerId;
import org.mcpagentic.store.TenantId;
import org.mcpagentic.store.redis.Arguments;
import org.mcpagentic.store.redis.RedisBase;
import org.mcpagentic.store.redis.Replies;

/** Sessions and sign-in links in Redis, one script per operation. */
final class RedisSessions implements Sessions, SignInLinks {

    /** For how long a link is known after it was registered last; longer than a service runs that registers it again when it starts. */
    private static final Duration REMEMBERED = Duration.ofDays(400);

    private final RedisBase base;
    private final AccessSecret.Key key;
    private final Duration idle;
    private final Duration absolute;

    RedisSessions(RedisBase base, AccessSecret secret, SessionConfig config) {
        this.base = base;
        this.key = secret.key("session");
        this.idle = config.idle();
        this.absolute = config.absolute();
    }

    @Override
    public Uni<Optional<OpenedSession>> open(Principal principal, String userAgent, Optional<Token> before) {
        boolean person = switch (principal.kind()) {
            case KEY -> false;
            case TOKEN -> true;
            case SESSION, LOCAL ->
                throw new IllegalArgumentException("a session is opened for a key or a provider's token");
        };
        Token token = Token.random(Token.Kind.SESSION, base.shards().of(principal.tenant()));
        Arguments arguments = Arguments.of(
                        token.id(),
                        hash(token),
                        principal.tenant().value(),
                        principal.owner().value(),
                        person ? "" : principal.owner().value(),
                        person ? principal.rights().toString() : "",
                        person ? StoredKey.json(principal.limits()) : "")
                .and(principal.expires().map(RedisSessions::micros).orElse(0L))
                .and(cut(userAgent))
                .and(Replies.micros(idle))
                .and(Replies.micros(absolute))
                .and(MOST);
        return base.scripts()
                .run(token.shard(), SessionScript.SESSION_OPEN, arguments.list())
                .map(reply -> opened(token, reply))
                .call(opened -> closeFormer(opened, before));
    }

    @Override
    public Uni<Optional<Principal>> verify(Token token) {
        return verify(token, true);
    }

    @Override
    public Uni<Optional<Principal>> look(Token token) {
        return verify(token, false);
    }

    private Uni<Optional<Principal>> verify(Token token, boolean use) {
        if (!isHere(token, Token.Kind.SESSION)) {
            return Uni.createFrom().item(Optional.empty());
        }
        Arguments arguments = Arguments.of(token.id(), hash(token)).and(use ? 1 : 0);
        return base.scripts()
                .run(token.shard(), SessionScript.SESSION_VERIFY, arguments.list())
                .map(reply -> principal(token, reply));
    }

    @Override
    public Uni<Boolean> close(Token token) {
        if (!isHere(token, Token.Kind.SESSION)) {
            return Uni.createFrom().item(false);
        }
        return base.scripts()
                .run(
                        token.shard(),
                        SessionScript.SESSION_CLOSE,
                        Arguments.of(token.id(), hash(token)).list())
                .map(reply -> reply.get(0).toInteger() == 1);
    }

    @Override
    public Uni<Integer> closeAll(TenantId tenant, OwnerId owner) {
        return base.scripts()
                .run(
                        base.shards().of(tenant),
                        SessionScript.SESSION_CLOSE_ALL,
                        Arguments.of(tenant.value(), owner.value()).list())
                .map(reply -> reply.get(0).toInteger());
    }

    @Override
    public Uni<List<SignedIn>> list(TenantId tenant, OwnerId owner) {
        return base.scripts()
                .run(
                        base.shards().of(tenant),
                        SessionScript.SESSION_LIST,
                        Arguments.of(tenant.value(), owner.value()).list())
                .map(RedisSessions::rows);
    }

    @Override
    public Uni<Void> register(Token link, OwnerId apiKey, Duration life) {
        if (!isHere(link, Token.Kind.LINK)) {
            throw new IllegalArgumentException("not the token of a link, or of a shard that there is not");
        }
        Arguments arguments = Arguments.of(link.id(), hash(link), apiKey.value())
                .and(Replies.micros(life))
                .and(REMEMBERED.toMillis());
        return base.scripts()
                .run(link.shard(), SessionScript.SESSION_LINK, arguments.list())
                .replaceWithVoid();
    }

    @Override
    public Uni<Optional<OpenedSession>> redeem(Token link, String userAgent, Optional<Token> before) {
        if (!isHere(link, Token.Kind.LINK)) {
            return Uni.createFrom().item(Optional.empty());
        }
        Token token = Token.random(Token.Kind.SESSION, link.shard());
        Arguments arguments = Arguments.of(link.id(), hash(link), token.id(), hash(token), cut(userAgent))
                .and(Replies.micros(idle))
                .and(Replies.micros(absolute))
                .and(MOST);
        return base.scripts()
                .run(link.shard(), SessionScript.SESSION_REDEEM, arguments.list())
                .map(reply -> opened(token, reply))
                .call(opened -> closeFormer(opened, before));
    }

    /** Only a sign-in that succeeds ends what was before: another site may make a browser fail at one. */
    private Uni<Boolean> closeFormer(Optional<OpenedSession> opened, Optional<Token> before) {
        return opened.flatMap(session -> before)
                .map(this::close)
                .orElseGet(() -> Uni.createFrom().item(false));
    }

    private boolean isHere(Token token, Token.Kind kind) {
        return token.kind() == kind && token.shard() < base.shards().count();
    }

    private String hash(Token token) {
        return HexFormat.of().formatHex(key.sign(token.kind() + "-" + token.id() + "-" + token.secret()));
    }

    private static Optional<OpenedSession> opened(Token token, Response reply) {
        return principal(token, reply).map(principal -> new OpenedSession(token, principal));
    }

    private static Optional<Principal> principal(Token token, Response reply) {
        if (reply.size() == 0) {
            return Optional.empty();
        }
        return Optional.of(new Principal(
                new TenantId(reply.get(0).toString()),
                new OwnerId(reply.get(1).toString()),
                Principal.Kind.SESSION,
                Rights.parse(reply.get(2).toString()),
                StoredKey.limits(reply.get(3).toString()),
                Optional.of(Sessions.idOf(token.id())),
                Optional.of(Replies.instant(reply.get(4).toString()))));
    }

    private static List<SignedIn> rows(Response reply) {
        List<SignedIn> rows = new ArrayList<>(reply.size());
        for (Response row : reply) {
            rows.add(new SignedIn(
                    Sessions.idOf(row.get(0).toString()),
                    Replies.instant(row.get(1).toString()),
                    Replies.instant(row.get(2).toString()),
                    Replies.instant(row.get(3).toString()),
                    row.get(4).toString()));
        }
        rows.sort(Comparator.comparing(SignedIn::lastSeen).reversed());
        return rows;
    }

    private static long micros(Instant instant) {
        return Replies.micros(Duration.between(Instant.EPOCH, instant));
    }

    private static String cut(String userAgent) {
        return userAgent.length() <= SignedIn.MAX_USER_AGENT
                ? userAgent
                : userAgent.substring(0, SignedIn.MAX_USER_AGENT);
    }
}
