package org.mcpagentic.store.redis;

/**
 * Every Redis key of the store: the one place where they are named. A key is {@code mcp:{shard}:} and the suffix given
 * here, and what the scripts append (T tenant, W worker, L lane, ID a task's or response's id). All keys of a shard
 * share its hash tag, so a script stays within one slot of a Redis Cluster.
 */
enum Key implements KeyName {
    /** Hash: last tick, last look at the memory, whether it is full. */
    SHARD("shard"),
    /** Set of all tenants. */
    TENANTS("tenants"),
    /** Hash per task: status, claim, usage, and what was asked for. */
    TASK("task:"),
    /** Hash per task: intents and outcomes of its steps. */
    JOURNAL("journal:"),
    /** List per task: its numbered events. */
    EVENTS("events:"),
    /** Sorted set per tenant: task ids by number of creation. */
    INDEX("index:"),
    /** Sorted set per tenant: ids of ended tasks by the microsecond they ended. */
    DONE("done:"),
    /** Sorted set per tenant: ids of tasks that were given up because their workers died, by number of creation. */
    DEAD("dead:"),
    /** Hash per approval: what was asked for, and what came of it. */
    APPROVAL("approval:"),
    /** Sorted set per tenant: ids of approvals by number of request. */
    APPROVALS("approvals:"),
    /** Sorted set per tenant: ids of approvals that nobody has decided on yet, by number of request. */
    PENDING("pending:"),
    /** Sorted set: ids of pending approvals by the microsecond they expire. */
    APPROVAL_DUE("approvaldue"),
    /** List per lane and tenant: ids that are ready, {@code ready:L:T}. */
    READY("ready:"),
    /** List per lane: tenants that have something ready, in turn. */
    RING("ring:"),
    /** Sorted set: ids of retries and of unrun tasks by the microsecond they are due. */
    DUE("due"),
    /** Sorted set: ids of tasks with a deadline by the microsecond it comes. */
    TIMEOUTS("timeouts"),
    /** Sorted set: workers by the microsecond their lease ends. */
    WORKERS("workers"),
    /** Hash per worker: ids it holds, with the nonce of the tick that claimed them. */
    HELD("held:"),
    /** Text per worker: nonce and ids of the last tick that claimed. */
    CLAIMS("claims:"),
    /** Set per worker: ids it holds and should end. */
    CANCELS("cancels:"),
    /** Sorted set: held ids by the microsecond their step has to be done. */
    DEADLINES("deadlines"),
    /** Hash per tenant: counters and gauges of tasks. */
    COUNTS("counts:"),
    /** Hash per tenant: counters of questions. */
    ASKS("asks:"),
    /** Marker per question that is under way. */
    ASKED("asked:"),
    /** Hash per response. */
    RESPONSE("response:"),
    /** Hash per session, {@code session:T:S}. */
    SESSION("session:"),
    /** Sorted set per tenant: sessions by last activity. */
    SESSIONS("sessions:"),
    /** Idempotency slot, {@code idem:T:SCOPE}. */
    IDEM("idem:"),
    /** Numbered stream: entries of the audit trail that are not sealed yet. */
    AUDIT("audit"),
    /** What a guard counts, {@code guard:N}: a rate's bucket, a budget's count, a sorted set of holders. */
    GUARD("guard:"),
    /** Hash per tenant: what it remembers, by key, in the envelope. */
    MEMORY("memory:"),
    /** Hash per tenant: by key, when the memory was created, changed and expires (0: never), its bytes, and a mark of its value if that is sealed. */
    MEMORY_FACTS("memoryfacts:"),
    /** Sorted set per tenant: keys of its memory, in order. */
    MEMORY_KEYS("memorykeys:"),
    /** Sorted set per tenant: keys of its memory that expire, by the microsecond they do. */
    MEMORY_EXPIRY("memoryexpiry:"),
    /** Counter per tenant: bytes of keys and values in its memory. */
    MEMORY_BYTES("memorybytes:"),
    /** Sorted set: tenants by the microsecond at which the first of their memory expires. */
    MEMORY_DUE("memorydue"),
    /** Stream for subscribers. */
    OUTBOX("outbox"),
    /** Channel: ids of tasks, each with the number of its newest event; empty as a sign of life. */
    LIVE("live"),
    /** Channel: empty for new work, a worker's id for a cancel. */
    WORK("work"),
    /** Channel: a task's id, a step and a piece of a model's text. */
    DELTA("delta");

    private static final String ROOT = "mcp:";

    /** Hash without a shard: schema version, number of shards, birth. */
    static final String META = ROOT + "meta";

    private final String suffix;

    Key(String suffix) {
        this.suffix = suffix;
    }

    @Override
    public String suffix() {
        return suffix;
    }

    /** What all keys of a shard begin with. */
    static String base(int shard) {
        return ROOT + "{" + Integer.toString(shard, 36) + "}:";
    }
}
