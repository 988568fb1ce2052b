package org.mcpagentic.store.redis;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mcpagentic.store.MemoryEntry;
import org.mcpagentic.store.MemoryHeading;
import org.mcpagentic.store.MemoryKey;
import org.mcpagentic.store.MemoryPage;
import org.mcpagentic.store.MemoryQuery;
import org.mcpagentic.store.MemoryStore;
import org.mcpagentic.store.NewMemory;
import org.mcpagentic.store.TenantId;

/** Memories in Redis, one script per operation; a search asks for page after page and looks at them here. */
final class RedisMemoryStore implements MemoryStore {

    /** How many entries and bytes of values a search reads at once, so that neither Redis nor an event loop is held up. */
    private static final int SEARCHED_ENTRIES = 200;

    private static final int SEARCHED_BYTES = 256 * 1024;

    /** Sorts behind every character of a key. */
    private static final String BEHIND_ALL = "\uffff";

    private final Scripts scripts;
    private final Shards shards;
    private final StoreConfig config;
    private final Envelope envelope;

    RedisMemoryStore(Scripts scripts, Shards shards, StoreConfig config, Envelope envelope) {
        this.scripts = scripts;
        this.shards = shards;
        this.config = config;
        this.envelope = envelope;
    }

    @Override
    public Uni<MemoryHeading> put(TenantId tenant, NewMemory memory) {
        Place place = Place.ofMemory(tenant, memory.key());
        Arguments arguments = Arguments.of(tenant.value(), memory.key().value(), envelope.seal(place, memory.value()))
                .and(envelope.mark(place, memory.value()))
                .and(memory.bytes())
                .and(memory.expiry().map(Replies::micros).orElse(0L))
                .and(config.tenantMemoryEntries())
                .and(config.tenantMemoryBytes());
        return scripts.run(shards.of(tenant), Script.MEMORY_PUT, arguments.list())
                .map(reply -> {
                    if (!reply.get(0).toString().equals("kept")) {
                        throw Replies.refusal(reply);
                    }
                    return heading(memory.key(), reply.get(1));
                });
    }

    @Override
    public Uni<Optional<MemoryEntry>> get(TenantId tenant, MemoryKey key) {
        Arguments arguments = Arguments.of(tenant.value(), key.value());
        return scripts.run(shards.of(tenant), Script.MEMORY_GET, arguments.list())
                .map(reply -> reply.size() == 0 ? Optional.empty() : Optional.of(entry(tenant, reply)));
    }

    @Override
    public Uni<List<MemoryEntry>> search(TenantId tenant, MemoryQuery query) {
        return Uni.createFrom().deferred(() -> {
            Search search = new Search(tenant, query);
            return Multi.createBy()
                    .repeating()
                    .uni(() -> page(tenant, "", search.after, SEARCHED_ENTRIES, SEARCHED_BYTES)
                            .invoke(search::look))
                    .whilst(page -> !search.after.isEmpty())
                    .onItem()
                    .ignoreAsUni()
                    .map(done -> search.best);
        });
    }

    @Override
    public Uni<MemoryPage> list(TenantId tenant, String prefix, Optional<MemoryKey> after, int limit) {
        if (limit < 1 || limit > 200) {
            throw new IllegalArgumentException("a page has 1 to 200 entries");
        }
        return page(tenant, prefix, after.map(MemoryKey::value).orElse(""), limit, 0)
                .map(reply -> {
                    List<MemoryHeading> headings = new ArrayList<>(reply.size());
                    for (int i = 1; i < reply.size(); i++) {
                        headings.add(heading(key(reply.get(i)), reply.get(i).get(1)));
                    }
                    String next = reply.get(0).toString();
                    return new MemoryPage(
                            headings, next.isEmpty() ? Optional.empty() : Optional.of(new MemoryKey(next)));
                });
    }

    @Override
    public Uni<Boolean> delete(TenantId tenant, MemoryKey key) {
        Arguments arguments = Arguments.of(tenant.value(), key.value());
        return scripts.run(shards.of(tenant), Script.MEMORY_DELETE, arguments.list())
                .map(reply -> reply.get(0).toInteger() == 1);
    }

    /** @param bytes of values after which the page ends; 0 for a page without values */
    private Uni<Response> page(TenantId tenant, String prefix, String after, int limit, int bytes) {
        boolean behind = after.compareTo(prefix) > 0;
        String least = behind ? "(" + after : prefix.isEmpty() ? "-" : "[" + prefix;
        String greatest = prefix.isEmpty() ? "+" : "[" + prefix + BEHIND_ALL;
        Arguments arguments =
                Arguments.of(tenant.value(), least, greatest).and(limit).and(bytes);
        return scripts.run(shards.of(tenant), Script.MEMORY_PAGE, arguments.list());
    }

    /** @param row key, facts and value */
    private MemoryEntry entry(TenantId tenant, Response row) {
        MemoryKey key = key(row);
        String value = envelope.open(Place.ofMemory(tenant, key), row.get(2).toString());
        return new MemoryEntry(heading(key, row.get(1)), value);
    }

    private static MemoryKey key(Response row) {
        return new MemoryKey(row.get(0).toString());
    }

    private static MemoryHeading heading(MemoryKey key, Response facts) {
        String[] parts = facts.toString().split(" ", 5);
        return new MemoryHeading(
                key,
                Integer.parseInt(parts[3]),
                Replies.instant(parts[0]),
                Replies.instant(parts[1]),
                parts[2].equals("0") ? Optional.empty() : Optional.of(Replies.instant(parts[2])));
    }

    /** How far a search has come. */
    private final class Search {

        private final TenantId tenant;
        private final MemoryQuery query;
        private List<MemoryEntry> best = List.of();
        private String after = "";

        Search(TenantId tenant, MemoryQuery query) {
            this.tenant = tenant;
            this.query = query;
        }

        void look(Response page) {
            List<MemoryEntry> all = new ArrayList<>(best);
            for (int i = 1; i < page.size(); i++) {
                all.add(entry(tenant, page.get(i)));
            }
            best = query.best(all);
            after = page.get(0).toString();
        }
    }
}
