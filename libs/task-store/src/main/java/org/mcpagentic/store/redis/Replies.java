package org.mcpagentic.store.redis;

import io.vertx.mutiny.redis.client.Response;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.mcpagentic.store.Allowance;
import org.mcpagentic.store.Guard;
import org.mcpagentic.store.StoreException;
import org.mcpagentic.store.StoreException.Code;

/** Reads what scripts return. */
public final class Replies {

    private Replies() {}

    /** The answer to a plain HGETALL, which RESP3 sends as a map. */
    public static Map<String, String> hash(Response answer) {
        Map<String, String> fields = HashMap.newHashMap(answer.size());
        for (String name : answer.getKeys()) {
            fields.put(name, answer.get(name).toString());
        }
        return fields;
    }

    /** What a script returns of an HGETALL: a flat list of names and values. */
    public static Map<String, String> map(Response flat) {
        Map<String, String> fields = HashMap.newHashMap(flat.size() / 2);
        for (int i = 0; i + 1 < flat.size(); i += 2) {
            fields.put(flat.get(i).toString(), flat.get(i + 1).toString());
        }
        return fields;
    }

    /** A time that a script wrote as microseconds since 1970. */
    public static Instant instant(String micros) {
        return Instant.EPOCH.plus(Long.parseLong(micros), ChronoUnit.MICROS);
    }

    /** A duration that a script wrote in microseconds. */
    public static Duration micros(String micros) {
        return Duration.of(Long.parseLong(micros), ChronoUnit.MICROS);
    }

    /** As scripts want it. */
    public static long micros(Duration duration) {
        return duration.toNanos() / 1000;
    }

    /** What a rate has left, as two numbers of a reply; nothing where the first is negative. */
    public static Optional<Allowance> allowance(Response left, Response full) {
        return left.toLong() < 0
                ? Optional.empty()
                : Optional.of(new Allowance(left.toLong(), micros(full.toString())));
    }

    /** The idempotency key belongs to another request. */
    static StoreException mismatch() {
        return new StoreException(
                Code.IDEMPOTENCY_MISMATCH, "the idempotency key was used before with another request");
    }

    /** What a script said in words where it did not do what it was asked to. */
    public static StoreException refusal(Response reply) {
        String word = reply.get(0).toString();
        return switch (word) {
            case "mismatch" -> mismatch();
            case "in_flight" ->
                new StoreException(
                        Code.IDEMPOTENCY_IN_FLIGHT, "the first request with this idempotency key is still under way");
            case "full" -> new StoreException(Code.STORE_FULL, "the store is full");
            case "stale" -> new StoreException(Code.STALE_CLAIM, "another worker holds the task, or nobody does");
            case "journal_full" -> new StoreException(Code.JOURNAL_FULL, "the task's journal is full");
            case "memory_full" ->
                new StoreException(
                        Code.MEMORY_FULL, "the memory is full: it holds at most " + reply.get(2) + " " + reply.get(1));
            case "illegal" ->
                new StoreException(Code.ILLEGAL_TRANSITION, "a task that is " + reply.get(1) + " cannot do that");
            case "settled" -> new StoreException(Code.STEP_SETTLED, "the step has an outcome, or was never begun");
            case "unknown_approval" -> Shards.unknownApproval();
            case "approval_changed" -> new StoreException(Code.APPROVAL_CHANGED, "the approval is another one by now");
            case "approval_decided" -> new StoreException(Code.APPROVAL_DECIDED, "the approval is pending no longer");
            case "unknown" -> new StoreException(Code.TASK_NOT_FOUND, "there is no such task");
            case "refused" ->
                new StoreException(
                        Guard.Kind.valueOf(reply.get(1).toString().toUpperCase(Locale.ROOT)),
                        micros(reply.get(2).toString()));
            default -> throw new IllegalStateException("a script answered in a word that is not known: " + word);
        };
    }
}
