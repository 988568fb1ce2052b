package org.mcpagentic.bench;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.zip.CRC32;

/** What services with access control are started with. */
final class Credentials {

    private static final SecureRandom RANDOM = new SecureRandom();

    private Credentials() {}

    /** As {@code ACCESS_SECRET} wants it. */
    static String secret() {
        return random(Base64.getEncoder());
    }

    /** A token as {@code ACCESS_FIRST_KEY} wants it. */
    static String firstKey() {
        String unchecked =
                "mcpk-0-00000000000bench-" + random(Base64.getUrlEncoder().withoutPadding());
        CRC32 checksum = new CRC32();
        checksum.update(unchecked.getBytes(StandardCharsets.US_ASCII));
        return unchecked + "-" + String.format("%08x", checksum.getValue());
    }

    private static String random(Base64.Encoder form) {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return form.encodeToString(bytes);
    }
}
