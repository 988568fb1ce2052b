package org.mcpagentic.testsupport;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Makes one token (RFC 7515), right or wrong in any way; each method answers another mint. */
public record Mint(Map<String, Object> header, Map<String, Object> claims, Optional<SigningKey> key) {

    private static final ObjectMapper JSON = new ObjectMapper();

    public Mint {
        header = new LinkedHashMap<>(header);
        claims = new LinkedHashMap<>(claims);
    }

    /** With a claim of any type. */
    public Mint with(String claim, Object value) {
        Mint other = new Mint(header, claims, key);
        other.claims.put(claim, value);
        return other;
    }

    public Mint without(String claim) {
        Mint other = new Mint(header, claims, key);
        other.claims.remove(claim);
        return other;
    }

    public Mint withHeader(String name, Object value) {
        Mint other = new Mint(header, claims, key);
        other.header.put(name, value);
        return other;
    }

    public Mint withoutHeader(String name) {
        Mint other = new Mint(header, claims, key);
        other.header.remove(name);
        return other;
    }

    /** Signed by a key, which the header names. */
    public Mint by(SigningKey other) {
        return new Mint(header, claims, Optional.of(other))
                .withHeader("alg", other.algorithm())
                .withHeader("kid", other.id());
    }

    /** The token, signed by the key whatever the header says. */
    public String token() {
        String text = text();
        return text + "." + SigningKey.base64(key.orElseThrow().sign(text.getBytes(StandardCharsets.US_ASCII)));
    }

    /** The token without a signature, as {@code alg: none} would have it. */
    public String unsigned() {
        return withHeader("alg", "none").text() + ".";
    }

    /** The token signed by HS256 with the key's public half, which everybody has, as the secret. */
    public String signedWithThePublicKey(byte[] secret) {
        try {
            String text = withHeader("alg", "HS256").text();
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return text + "." + SigningKey.base64(mac.doFinal(text.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private String text() {
        return part(header) + "." + part(claims);
    }

    private static String part(Map<String, Object> content) {
        try {
            return SigningKey.base64(JSON.writeValueAsBytes(content));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
