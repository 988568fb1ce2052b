package org.mcpagentic.chaos.history;

import java.util.List;

/**
 * A key in Redis at the end.
 *
 * @param name without what all keys of the shard begin with
 * @param seconds until it expires; -1 where it never does
 * @param members of a set, a sorted set or a list, and the names in a hash
 */
public record StoredKey(String name, long seconds, List<String> members) {

    public StoredKey {
        members = List.copyOf(members);
    }
}
