package org.mcpagentic.testsupport;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** A key of the local issuer, and what it signs with it; made of the JDK alone, so that the library under test is not its own judge. */
public record SigningKey(String id, String algorithm, KeyPair pair) {

    private static final int P256_BYTES = 32;

    /** A new key for {@code RS256}, {@code PS256}, {@code ES256} or {@code EdDSA}. */
    public static SigningKey generate(String id, String algorithm) {
        try {
            return new SigningKey(id, algorithm, generator(algorithm).generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPairGenerator generator(String algorithm) throws GeneralSecurityException {
        switch (algorithm) {
            case "RS256", "PS256" -> {
                KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
                rsa.initialize(2_048);
                return rsa;
            }
            case "ES256" -> {
                KeyPairGenerator curve = KeyPairGenerator.getInstance("EC");
                curve.initialize(new ECGenParameterSpec("secp256r1"));
                return curve;
            }
            case "EdDSA" -> {
                return KeyPairGenerator.getInstance("Ed25519");
            }
            default -> throw new IllegalArgumentException(algorithm);
        }
    }

    byte[] sign(byte[] text) {
        try {
            Signature signature = Signature.getInstance(
                    switch (algorithm) {
                        case "RS256" -> "SHA256withRSA";
                        case "PS256" -> "RSASSA-PSS";
                        case "ES256" -> "SHA256withECDSAinP1363Format";
                        default -> "Ed25519";
                    });
            if (algorithm.equals("PS256")) {
                signature.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
            }
            signature.initSign(pair.getPrivate());
            signature.update(text);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The public half as a JSON Web Key (RFC 7517). */
    public Map<String, Object> jwk() {
        Map<String, Object> key = new LinkedHashMap<>(Map.of("kid", id, "use", "sig", "alg", algorithm));
        switch (pair.getPublic()) {
            case RSAPublicKey rsa -> {
                key.put("kty", "RSA");
                key.put("n", base64(unsigned(rsa.getModulus(), (rsa.getModulus().bitLength() + 7) / 8)));
                key.put("e", base64(unsigned(rsa.getPublicExponent(), 3)));
            }
            case ECPublicKey curve -> {
                key.put("kty", "EC");
                key.put("crv", "P-256");
                key.put("x", base64(unsigned(curve.getW().getAffineX(), P256_BYTES)));
                key.put("y", base64(unsigned(curve.getW().getAffineY(), P256_BYTES)));
            }
            case EdECPublicKey edwards -> {
                // why the end of it: what comes before is the same for all such keys (RFC 8410, section 4)
                byte[] encoded = edwards.getEncoded();
                key.put("kty", "OKP");
                key.put("crv", "Ed25519");
                key.put("x", base64(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length)));
            }
            default -> throw new IllegalStateException(algorithm);
        }
        return key;
    }

    private static byte[] unsigned(BigInteger number, int length) {
        byte[] bytes = number.toByteArray();
        byte[] fixed = new byte[length];
        int taken = Math.min(bytes.length, length);
        System.arraycopy(bytes, bytes.length - taken, fixed, length - taken, taken);
        return fixed;
    }

    static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
