package org.mcpagentic.store.redis;

/** A script that runs on a shard: one atomic step. Its first key is the shard's base key. */
public interface Lua {

    /** Under which its latency is measured. */
    String name();

    /** The whole text, as it is sent to Redis. */
    String source();

    /** The SHA-1 of the text that EVALSHA wants, in hexadecimal. */
    String digest();
}
