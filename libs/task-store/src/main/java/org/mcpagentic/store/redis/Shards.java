package org.mcpagentic.store.redis;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.zip.CRC32;
import org.mcpagentic.store.ApprovalId;
import org.mcpagentic.store.ResponseId;
import org.mcpagentic.store.StoreException;
import org.mcpagentic.store.TaskId;
import org.mcpagentic.store.TenantId;

/**
 * Which shard something lives in. A tenant's shard is a hash of its name, and the ids made for it carry it, so that an id
 * alone finds its shard.
 *
 * @param count 1 to 1,024, fixed when the store was first started
 */
public record Shards(int count) {

    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final SecureRandom RANDOM = new SecureRandom();

    public Shards {
        if (count < 1 || count > 1024) {
            throw new IllegalArgumentException("there are 1 to 1,024 shards");
        }
    }

    /** The shard of a tenant and of all that is its. */
    public int of(TenantId tenant) {
        CRC32 hash = new CRC32();
        hash.update(tenant.value().getBytes(StandardCharsets.UTF_8));
        return (int) (hash.getValue() % count);
    }

    int of(TaskId id) {
        return shardIn(id.value());
    }

    int of(ApprovalId id) {
        return shardIn(id.value());
    }

    int of(ResponseId id) {
        return shardIn(id.value());
    }

    /** Whether the id was made by a store of this many shards. */
    boolean knows(String id) {
        return shardIn(id) < count;
    }

    TaskId newTaskId(TenantId tenant) {
        return new TaskId("t" + Integer.toString(of(tenant), 36) + "-" + random());
    }

    ApprovalId newApprovalId(TenantId tenant) {
        return new ApprovalId("p" + Integer.toString(of(tenant), 36) + "-" + random());
    }

    ResponseId newResponseId(TenantId tenant) {
        return new ResponseId("r" + Integer.toString(of(tenant), 36) + "-" + random());
    }

    /** 130 random bits, 5 to a character. */
    public static String random() {
        StringBuilder text = new StringBuilder(26);
        for (int i = 0; i < 26; i++) {
            text.append(ALPHABET.charAt(RANDOM.nextInt(32)));
        }
        return text.toString();
    }

    static StoreException unknownTask() {
        return new StoreException(StoreException.Code.TASK_NOT_FOUND, "there is no such task");
    }

    static StoreException unknownApproval() {
        return new StoreException(StoreException.Code.APPROVAL_NOT_FOUND, "there is no such approval");
    }

    private static int shardIn(String id) {
        return Integer.parseInt(id.substring(1, id.indexOf('-')), 36);
    }
}
