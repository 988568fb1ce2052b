package org.mcpagentic.access.redis;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mcpagentic.access.audit.AuditPage;
import org.mcpagentic.access.audit.AuditPage.Listed;
import org.mcpagentic.access.audit.AuditQuery;
import org.mcpagentic.access.audit.AuditReader;
import org.mcpagentic.access.audit.trail.Entry;
import org.mcpagentic.access.audit.trail.Position;
import org.mcpagentic.access.audit.trail.SealedEntry;
import org.mcpagentic.store.TenantId;
import org.mcpagentic.store.redis.Arguments;
import org.mcpagentic.store.redis.RedisBase;

/** Looks for a tenant's entries among all of its shard's, a part at a time, so that neither Redis nor a caller waits for long. */
public final class RedisAuditReader implements AuditReader {

    /** Entries that one script looks at. */
    private static final int PART = 4000;

    private static final int PARTS = 25;

    private final RedisBase base;

    public RedisAuditReader(RedisBase base) {
        this.base = base;
    }

    @Override
    public Uni<AuditPage> page(TenantId tenant, AuditQuery query) {
        return Uni.createFrom().deferred(() -> {
            Search search = new Search(query);
            return Multi.createBy()
                    .repeating()
                    .uni(() -> part(tenant, query, search).invoke(search::add))
                    .whilst(part -> search.goesOn())
                    .select()
                    .first(PARTS)
                    .onItem()
                    .ignoreAsUni()
                    .map(done -> search.page());
        });
    }

    private Uni<Response> part(TenantId tenant, AuditQuery query, Search search) {
        Arguments arguments = Arguments.of(tenant.value(), search.before)
                .and(query.limit() - search.found.size())
                .and(PART)
                .and(query.actor().orElse(""))
                .and(query.action().orElse(""));
        return base.scripts().run(base.shards().of(tenant), AuditScript.AUDIT_PAGE, arguments.list());
    }

    /** How far a search has come. */
    private static final class Search {

        private final int limit;
        private final List<Listed> found = new ArrayList<>();
        private String before;

        Search(AuditQuery query) {
            limit = query.limit();
            before = query.before().map(position -> "(" + position.id()).orElse("+");
        }

        void add(Response part) {
            before = part.get(0).toString();
            part.get(1)
                    .forEach(row -> AuditReplies.entry(row).map(Search::listed).ifPresent(found::add));
        }

        private static Listed listed(Entry entry) {
            Optional<SealedEntry> done = AuditReplies.sealed(entry);
            return new Listed(done.map(SealedEntry::entry).orElse(entry), done.map(SealedEntry::mac));
        }

        boolean goesOn() {
            return !before.isEmpty() && found.size() < limit;
        }

        AuditPage page() {
            Optional<Position> next = before.isEmpty() ? Optional.empty() : Position.parse(before.substring(1));
            return new AuditPage(found, next);
        }
    }
}
