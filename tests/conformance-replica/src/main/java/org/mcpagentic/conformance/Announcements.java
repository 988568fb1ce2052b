package org.mcpagentic.conformance;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.mcpagentic.edge.access.Caller;
import org.mcpagentic.mcp.ListChange;
import org.mcpagentic.store.MemoryKey;
import org.mcpagentic.store.MemoryStore;
import org.mcpagentic.store.NewMemory;

/** Changes of lists that any replica announces, and all hear of. */
@ApplicationScoped
class Announcements {

    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Duration LIFE = Duration.ofMinutes(5);

    private final MemoryStore memory;
    private final InstantSource clock = Clock.systemUTC();

    Announcements(MemoryStore memory) {
        this.memory = memory;
    }

    /** Says that a list has changed. */
    Uni<Void> announce(Caller caller, String list) {
        return memory.put(
                        caller.tenant(),
                        new NewMemory(key(list), clock.instant().toString(), Optional.of(LIFE)))
                .replaceWithVoid();
    }

    /** Those of a list from now on: by the time of this call, since the first look may come later than the first change. */
    Multi<ListChange> of(Caller caller, String list) {
        Instant begin = clock.instant();
        return Multi.createBy()
                .repeating()
                .uni(() -> memory.get(caller.tenant(), key(list))
                        .map(entry ->
                                entry.map(kept -> Instant.parse(kept.value())).orElse(Instant.MIN)))
                .withDelay(LOOK)
                .indefinitely()
                .select()
                .where(announced -> announced.isAfter(begin))
                .skip()
                .repetitions()
                .map(announced -> ListChange.CHANGED);
    }

    private static MemoryKey key(String list) {
        return new MemoryKey("suite-changes-" + list);
    }
}
