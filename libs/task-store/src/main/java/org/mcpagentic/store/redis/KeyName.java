package org.mcpagentic.store.redis;

import java.util.Locale;

/** A kind of Redis key of a module: {@code mcp:{shard}:}, its suffix, and what scripts append. */
public interface KeyName {

    /** The constant's name; scripts write it in lower case, as {@code @{name}}. */
    String name();

    /** What follows the shard's base key; unique in the whole system. */
    String suffix();

    /** How scripts write it. */
    default String placeholder() {
        return "@{" + name().toLowerCase(Locale.ROOT) + "}";
    }

    /** The full key in a shard. */
    default String in(int shard, String rest) {
        return Key.base(shard) + suffix() + rest;
    }
}
