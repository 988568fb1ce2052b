package org.mcpagentic.testsupport;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An OpenID provider on the loopback interface: discovery, keys, tokens with any claims, sign-in by codes; it rotates its keys, errs and goes
 * down when told.
 */
public final class LocalIssuer implements AutoCloseable {

    /** What its tokens are meant for unless they say otherwise. */
    public static final String AUDIENCE = "https://mcp.example";

    private static final String DISCOVERY = "/.well-known/openid-configuration";
    private static final String KEYS = "/keys";

    /** Where people sign in. */
    public static final String AUTHORIZE = "/authorize";

    /** Where codes are exchanged. */
    public static final String TOKEN = "/token";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final int port;
    private final List<SigningKey> keys = new CopyOnWriteArrayList<>();
    private final Map<String, Reply> replies = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();
    private final CodeFlow codes = new CodeFlow(this);
    private HttpServer server;
    private int generation;

    private LocalIssuer(HttpServer server) {
        this.server = server;
        this.port = server.getAddress().getPort();
        rotate();
        serve();
    }

    /** What is answered in place of what would be. */
    public record Reply(int status, Map<String, String> headers, String body) {}

    public static LocalIssuer start() {
        return new LocalIssuer(bind(0));
    }

    /** What it calls itself, and where it is. */
    public String url() {
        return "http://127.0.0.1:" + port;
    }

    /** A good access token for {@code ada} of five minutes, signed by RS256. */
    public Mint accessToken() {
        Instant now = Instant.now();
        return new Mint(
                        Map.of("typ", "at+jwt"),
                        Map.of(
                                "iss",
                                url(),
                                "aud",
                                AUDIENCE,
                                "sub",
                                "ada",
                                "iat",
                                now.getEpochSecond(),
                                "exp",
                                now.getEpochSecond() + 300),
                        Optional.empty())
                .by(key("RS256"));
    }

    /** The key that it signs with by an algorithm. */
    public SigningKey key(String algorithm) {
        return keys.stream()
                .filter(key -> key.algorithm().equals(algorithm))
                .findFirst()
                .orElseThrow();
    }

    /** New keys in place of all that it has. */
    public void rotate() {
        generation++;
        List<SigningKey> fresh = List.of("RS256", "PS256", "ES256", "EdDSA").stream()
                .map(algorithm -> SigningKey.generate(algorithm + "-" + generation, algorithm))
                .toList();
        keys.clear();
        keys.addAll(fresh);
    }

    /** Nobody listens any more. */
    public void goDown() {
        server.stop(0);
    }

    /** It is there again. */
    public void comeBack() {
        server = bind(port);
        serve();
    }

    /** How often its keys were asked for. */
    public int keyFetches() {
        return asked(KEYS);
    }

    /** How often a path was asked. */
    public int asked(String path) {
        return asked.getOrDefault(path, new AtomicInteger()).get();
    }

    /** Answers its keys in another way. */
    public void answersKeysWith(Reply reply) {
        replies.put(KEYS, reply);
    }

    /** Answers what it says of itself in another way. */
    public void answersDiscoveryWith(Reply reply) {
        replies.put(DISCOVERY, reply);
    }

    /** Answers a path in another way. */
    public void answers(String path, Reply reply) {
        replies.put(path, reply);
    }

    /** Answers all as it should. */
    public void behaves() {
        replies.clear();
        codes.behave();
    }

    /** How people sign in here. */
    public CodeFlow codes() {
        return codes;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void serve() {
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            asked.computeIfAbsent(path, first -> new AtomicInteger()).incrementAndGet();
            Reply reply = replies.get(path);
            answer(exchange, reply == null ? reply(path, exchange) : reply);
        });
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    private Reply reply(String path, HttpExchange exchange) throws IOException {
        return switch (path) {
            case DISCOVERY ->
                json(Map.of(
                        "issuer", url(),
                        "jwks_uri", url() + KEYS,
                        "authorization_endpoint", url() + AUTHORIZE,
                        "token_endpoint", url() + TOKEN,
                        "authorization_response_iss_parameter_supported", true));
            case AUTHORIZE ->
                codes.authorize(Form.parse(exchange.getRequestURI().getRawQuery()));
            case TOKEN ->
                codes.token(
                        exchange.getRequestMethod(),
                        exchange.getRequestHeaders().getFirst("Authorization"),
                        Form.parse(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            case KEYS -> json(Map.of("keys", keys.stream().map(SigningKey::jwk).toList()));
            default -> new Reply(404, Map.of(), "");
        };
    }

    static Reply json(Object content) {
        return json(200, content);
    }

    static Reply json(int status, Object content) {
        try {
            return new Reply(status, Map.of("Content-Type", "application/json"), JSON.writeValueAsString(content));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void answer(HttpExchange exchange, Reply reply) throws IOException {
        byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
        reply.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    private static HttpServer bind(int port) {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
