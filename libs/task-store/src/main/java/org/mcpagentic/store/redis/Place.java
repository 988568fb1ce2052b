package org.mcpagentic.store.redis;

import java.nio.charset.StandardCharsets;
import org.mcpagentic.store.ApprovalId;
import org.mcpagentic.store.MemoryKey;
import org.mcpagentic.store.ResponseId;
import org.mcpagentic.store.TaskId;
import org.mcpagentic.store.TenantId;

/**
 * Where a payload lies: what was sealed for one place does not open in another. A step's place does not name its task,
 * for a task that repeats another takes over its first steps.
 *
 * @param name unlike that of any other place: tenants, ids and keys have no spaces
 */
record Place(String name) {

    static Place ofTask(TenantId tenant, TaskId id) {
        return new Place("task " + tenant + " " + id);
    }

    static Place ofResult(TenantId tenant, TaskId id) {
        return new Place("result " + tenant + " " + id);
    }

    static Place ofError(TenantId tenant, TaskId id) {
        return new Place("error " + tenant + " " + id);
    }

    static Place ofIntent(TenantId tenant, int step) {
        return new Place("intent " + tenant + " " + step);
    }

    static Place ofOutcome(TenantId tenant, int step) {
        return new Place("outcome " + tenant + " " + step);
    }

    /** Of what a request for approval asks for. */
    static Place ofApproval(TenantId tenant, ApprovalId id) {
        return new Place("approval " + tenant + " " + id);
    }

    /** Of what a person says to it. */
    static Place ofDecision(TenantId tenant, ApprovalId id) {
        return new Place("decision " + tenant + " " + id);
    }

    static Place ofResponse(TenantId tenant, ResponseId id) {
        return new Place("response " + tenant + " " + id);
    }

    static Place ofMemory(TenantId tenant, MemoryKey key) {
        return new Place("memory " + tenant + " " + key);
    }

    /** Of the text by which a key is known again. */
    static Place ofCheck(String keyId) {
        return new Place("check " + keyId);
    }

    byte[] bytes() {
        return name.getBytes(StandardCharsets.UTF_8);
    }
}
