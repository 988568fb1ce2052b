package org.mcpagentic.custommcp.tools.encoding;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import org.mcpagentic.agent.tool.ToolFailure;

/** A way to tell bytes apart by a few of them. */
public enum Digest {
    SHA_256,
    SHA_384,
    SHA_512,
    SHA3_256,
    /** Broken: others with the same digest can be made. */
    SHA_1,
    /** Broken: others with the same digest can be made. */
    MD5,
    /** Tells accidents, not intent. */
    CRC32;

    public static Digest ofWireName(String name) {
        return Arrays.stream(values())
                .filter(digest -> digest.wireName().equals(name))
                .findFirst()
                .orElseThrow(() -> new ToolFailure("there is no algorithm \"" + name + "\"; there are "
                        + Arrays.stream(values()).map(Digest::wireName).collect(Collectors.joining(", "))));
    }

    /** As NIST and RFC 6234 write it, in lower case: {@code sha-256}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether nobody can make other bytes with the same digest. */
    public boolean isSecure() {
        return switch (this) {
            case SHA_256, SHA_384, SHA_512, SHA3_256 -> true;
            case SHA_1, MD5, CRC32 -> false;
        };
    }

    /** The digest of the bytes that a text stands for. */
    public byte[] of(byte[] bytes) {
        return switch (this) {
            case SHA_256 -> digest("SHA-256", bytes);
            case SHA_384 -> digest("SHA-384", bytes);
            case SHA_512 -> digest("SHA-512", bytes);
            case SHA3_256 -> digest("SHA3-256", bytes);
            case SHA_1 -> digest("SHA-1", bytes);
            case MD5 -> digest("MD5", bytes);
            case CRC32 -> checksum(bytes);
        };
    }

    private static byte[] digest(String algorithm, byte[] bytes) {
        try {
            return MessageDigest.getInstance(algorithm).digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("the JDK lacks " + algorithm, e);
        }
    }

    private static byte[] checksum(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return ByteBuffer.allocate(Integer.BYTES).putInt((int) crc.getValue()).array();
    }
}
