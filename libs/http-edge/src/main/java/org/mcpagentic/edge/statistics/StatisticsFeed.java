package org.mcpagentic.edge.statistics;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.mcpagentic.edge.sse.ServerSentEvent;
import org.mcpagentic.store.Statistics;
import org.mcpagentic.store.StatisticsReader;
import org.mcpagentic.store.StatisticsReader.Work;
import org.mcpagentic.store.TenantId;

/**
 * Live figures: read at once, then when they may have changed, at most once a second, and every ten seconds at least, since
 * sessions go to sleep and tasks grow old without an event. All who watch one tenant share one reading.
 */
public final class StatisticsFeed {

    private static final Duration PACE = Duration.ofSeconds(1);
    private static final Duration BACKSTOP = Duration.ofSeconds(10);

    private final StatisticsReader reader;
    private final Work work;
    private final Function<Statistics, StatisticsDocument> document;
    private final Map<TenantId, Multi<ServerSentEvent>> feeds = new ConcurrentHashMap<>();

    public StatisticsFeed(StatisticsReader reader, Work work, Function<Statistics, StatisticsDocument> document) {
        this.reader = reader;
        this.work = work;
        this.document = document;
    }

    /** The figures now. */
    public Uni<StatisticsDocument> now(TenantId tenant) {
        return reader.read(work, tenant).map(document);
    }

    /** The figures now and on change. */
    public Multi<ServerSentEvent> follow(TenantId tenant) {
        Multi<ServerSentEvent> first = now(tenant).map(StatisticsFeed::event).toMulti();
        return Multi.createBy()
                .merging()
                // why the feed before: what changes during the first reading must not go unseen
                .streams(feeds.computeIfAbsent(tenant, this::feed), first)
                // why: a slow watcher wants the newest figures, not all of them
                .onOverflow()
                .dropPreviousItems();
    }

    private Multi<ServerSentEvent> feed(TenantId tenant) {
        Multi<Long> changed = reader.changes().group().intoLists().every(PACE).map(hints -> 0L);
        Multi<Long> regularly = Multi.createFrom()
                .ticks()
                .startingAfter(BACKSTOP)
                .every(BACKSTOP)
                .onOverflow()
                .drop();
        return Multi.createBy()
                .merging()
                .streams(changed, regularly)
                .onOverflow()
                .dropPreviousItems()
                .onItem()
                .transformToUniAndConcatenate(hint -> now(tenant).map(StatisticsFeed::event))
                .broadcast()
                .withCancellationAfterLastSubscriberDeparture()
                .toAllSubscribers();
    }

    private static ServerSentEvent event(StatisticsDocument figures) {
        return ServerSentEvent.passing("stats", figures);
    }
}
