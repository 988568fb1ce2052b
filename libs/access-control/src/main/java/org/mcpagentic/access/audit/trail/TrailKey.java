package org.mcpagentic.access.audit.trail;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import org.mcpagentic.access.AccessSecret;

/**
 * Seals one shard's trail with a key that Redis does not have. {@code mac(N) = HMAC-SHA256(key, "entry" || mac(N-1) || entry N)}, in
 * hexadecimal, where every part comes behind its length (4 bytes, big-endian) and numbers have 8 bytes; {@code mac(0)} names the
 * shard, so that no trail passes for another's.
 */
public final class TrailKey {

    private final AccessSecret.Key key;
    private final int shard;

    public TrailKey(AccessSecret secret, int shard) {
        this.key = secret.key("audit");
        this.shard = shard;
    }

    public int shard() {
        return shard;
    }

    /** The mac before the first entry. */
    public String genesis() {
        return signed(new Parts("genesis").and(shard));
    }

    /** The mac of an entry, its mark included, behind another one's. */
    public String mac(String previous, Entry entry) {
        Parts parts = new Parts("entry")
                .and(previous)
                .and(entry.position().number())
                .and(entry.position().sequence())
                .and(entry.fields().size());
        entry.fields().forEach(parts::and);
        return signed(parts);
    }

    /** Says that the trail reached this far. */
    public Checkpoint checkpoint(Position position, String mac, Instant at) {
        return signed("checkpoint", new Checkpoint(position, mac, micros(at), ""));
    }

    /** Says that what lies up to a checkpoint, with it, was let go. */
    public Checkpoint base(Checkpoint checkpoint) {
        return signed("base", checkpoint);
    }

    public boolean signedCheckpoint(Checkpoint checkpoint) {
        return isEqual(signed("checkpoint", checkpoint).signature(), checkpoint.signature());
    }

    public boolean signedBase(Checkpoint base) {
        return isEqual(signed("base", base).signature(), base.signature());
    }

    private Checkpoint signed(String use, Checkpoint checkpoint) {
        String signature = signed(new Parts(use)
                .and(shard)
                .and(checkpoint.position().number())
                .and(checkpoint.position().sequence())
                .and(checkpoint.mac())
                .and(checkpoint.at()));
        return new Checkpoint(checkpoint.position(), checkpoint.mac(), checkpoint.at(), signature);
    }

    private String signed(Parts parts) {
        return HexFormat.of().formatHex(key.sign(parts.bytes.toByteArray()));
    }

    private static boolean isEqual(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(ISO_8859_1), other.getBytes(ISO_8859_1));
    }

    private static String micros(Instant at) {
        return Long.toString(Duration.between(Instant.EPOCH, at).toNanos() / 1000);
    }

    /** Texts and numbers that cannot run into each other. */
    private static final class Parts {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);

        Parts(String use) {
            and(use);
        }

        Parts and(String text) {
            byte[] content = text.getBytes(ISO_8859_1);
            bytes.writeBytes(ByteBuffer.allocate(4).putInt(content.length).array());
            bytes.writeBytes(content);
            return this;
        }

        Parts and(long number) {
            bytes.writeBytes(ByteBuffer.allocate(8).putLong(number).array());
            return this;
        }
    }
}
