package org.mcpagentic.testsupport;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Sign-in at the local issuer by codes with PKCE, as strict as a provider should be. */
public final class CodeFlow {

    /** The only client that it knows. */
    public static final String CLIENT = "dashboard of tests";

    /** What the client proves itself by. */
    public static final String SECRET = "a secret: with + and %";

    private final LocalIssuer issuer;
    private final Map<String, Grant> codes = new ConcurrentHashMap<>();
    private volatile Map<String, Object> person = Map.of();
    private volatile UnaryOperator<Mint> change = UnaryOperator.identity();
    private volatile UnaryOperator<Map<String, String>> detour = UnaryOperator.identity();

    CodeFlow(LocalIssuer issuer) {
        this.issuer = issuer;
    }

    private record Grant(String redirectUri, String challenge, String nonce) {}

    /** Who signs in from now on: claims beside those of every ID token. */
    public void signsIn(Map<String, Object> claims) {
        person = claims;
    }

    /** Makes other ID tokens than it should. */
    public void changesIdTokens(UnaryOperator<Mint> other) {
        change = other;
    }

    /** Sends people back with other fields than it should. */
    public void sendsBack(UnaryOperator<Map<String, String>> other) {
        detour = other;
    }

    void behave() {
        change = UnaryOperator.identity();
        detour = UnaryOperator.identity();
    }

    LocalIssuer.Reply authorize(Map<String, String> query) {
        boolean known = "code".equals(query.get("response_type"))
                && CLIENT.equals(query.get("client_id"))
                && "S256".equals(query.get("code_challenge_method"))
                && query.getOrDefault("scope", "").contains("openid")
                && query.containsKey("state")
                && query.containsKey("nonce");
        String redirectUri = query.get("redirect_uri");
        String challenge = query.get("code_challenge");
        if (!known || redirectUri == null || challenge == null) {
            return new LocalIssuer.Reply(400, Map.of(), "this is no request for a code");
        }
        String code = UUID.randomUUID().toString();
        codes.put(code, new Grant(redirectUri, challenge, query.getOrDefault("nonce", "")));
        Map<String, String> back = new LinkedHashMap<>();
        back.put("code", code);
        back.put("state", query.getOrDefault("state", ""));
        back.put("iss", issuer.url());
        StringBuilder location = new StringBuilder(redirectUri).append('?');
        detour.apply(back)
                .forEach((name, value) -> location.append(name)
                        .append('=')
                        .append(URLEncoder.encode(value, StandardCharsets.UTF_8))
                        .append('&'));
        return new LocalIssuer.Reply(302, Map.of("Location", location.toString()), "");
    }

    LocalIssuer.Reply token(String method, @Nullable String authorization, Map<String, String> form) {
        if (!method.equals("POST") || !"authorization_code".equals(form.get("grant_type"))) {
            return error(400, "unsupported_grant_type");
        }
        if (!isClient(authorization, form)) {
            return error(401, "invalid_client");
        }
        Optional<Grant> grant = Optional.ofNullable(codes.remove(form.getOrDefault("code", "")));
        boolean good = grant.isPresent()
                && grant.get().redirectUri().equals(form.get("redirect_uri"))
                && grant.get().challenge().equals(challenge(form.getOrDefault("code_verifier", "")));
        if (!good) {
            return error(400, "invalid_grant");
        }
        return LocalIssuer.json(Map.of(
                "access_token",
                issuer.accessToken().token(),
                "token_type",
                "Bearer",
                "expires_in",
                300,
                "refresh_token",
                "nobody-keeps-this",
                "id_token",
                idToken(grant.get()).token()));
    }

    private Mint idToken(Grant grant) {
        Mint plain = issuer.accessToken()
                .withHeader("typ", "JWT")
                .with("aud", CLIENT)
                .with("azp", CLIENT)
                .with("nonce", grant.nonce());
        for (Map.Entry<String, Object> claim : person.entrySet()) {
            plain = plain.with(claim.getKey(), claim.getValue());
        }
        return change.apply(plain);
    }

    /** Either way of proving itself, but not both (RFC 6749, section 2.3). */
    private static boolean isClient(@Nullable String authorization, Map<String, String> form) {
        if (authorization == null) {
            return CLIENT.equals(form.get("client_id")) && SECRET.equals(form.get("client_secret"));
        }
        if (!authorization.startsWith("Basic ") || form.containsKey("client_secret")) {
            return false;
        }
        String[] shown = new String(
                        Base64.getDecoder().decode(authorization.substring("Basic ".length())), StandardCharsets.UTF_8)
                .split(":", 2);
        return shown.length == 2 && CLIENT.equals(decoded(shown[0])) && SECRET.equals(decoded(shown[1]));
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static LocalIssuer.Reply error(int status, String error) {
        return LocalIssuer.json(status, Map.of("error", error, "error_description", "told to nobody"));
    }

    private static String challenge(String verifier) {
        try {
            return SigningKey.base64(
                    MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
