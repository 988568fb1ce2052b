package org.mcpagentic.conformance;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import org.mcpagentic.edge.access.Caller;
import org.mcpagentic.mcp.ListChange;
import org.mcpagentic.store.MemoryKey;
import org.mcpagentic.store.MemoryStore;
import org.mcpagentic.store.NewMemory;
import org.mcpagentic.store.redis.Shards;

/** Changes of lists that any replica announces, and all hear of. */
@ApplicationScoped
class Announcements {

    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Duration LIFE = Duration.ofMinutes(5);

    private final MemoryStore memory;

    Announcements(MemoryStore memory) {
        this.memory = memory;
    }

    /** Says that a list has changed. */
    Uni<Void> announce(Caller caller, String list) {
        return memory.put(caller.tenant(), new NewMemory(key(list), Shards.random(), Optional.of(LIFE)))
                .replaceWithVoid();
    }

    /** Those of a list from now on. */
    Multi<ListChange> of(Caller caller, String list) {
        return Multi.createBy()
                .repeating()
                .uni(() -> memory.get(caller.tenant(), key(list))
                        .map(entry -> entry.map(kept -> kept.value()).orElse("")))
                .withDelay(LOOK)
                .indefinitely()
                .skip()
                .repetitions()
                .skip()
                .first()
                .map(change -> ListChange.CHANGED);
    }

    private static MemoryKey key(String list) {
        return new MemoryKey("suite-changes-" + list);
    }
}
