package org.mcpagentic.store.redis;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import org.mcpagentic.store.TaskId;
import org.mcpagentic.store.TaskRetention;
import org.mcpagentic.store.TenantId;

/** Removes ended tasks from Redis. */
final class RedisTaskRetention implements TaskRetention {

    private static final int MOST = 1000;

    private final Scripts scripts;
    private final Shards shards;
    private final StoreConfig config;

    RedisTaskRetention(Scripts scripts, Shards shards, StoreConfig config) {
        this.scripts = scripts;
        this.shards = shards;
        this.config = config;
    }

    @Override
    public int shards() {
        return shards.count();
    }

    @Override
    public Uni<Expired> expired(int shard, String cursor, int limit) {
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException("a part of a walk has 1 to 1,000 tasks");
        }
        Arguments arguments = Arguments.of(cursor)
                .and(Replies.micros(config.taskRetention()))
                .and(config.keptTasks())
                .and(limit);
        return scripts.run(shard, Script.EXPIRED, arguments.list()).map(RedisTaskRetention::expired);
    }

    private static Expired expired(Response reply) {
        Response pairs = reply.get(1);
        List<Ended> tasks = new ArrayList<>();
        for (int i = 0; i + 1 < pairs.size(); i += 2) {
            tasks.add(new Ended(
                    new TenantId(pairs.get(i).toString()),
                    new TaskId(pairs.get(i + 1).toString())));
        }
        return new Expired(tasks, reply.get(0).toString());
    }

    @Override
    public Uni<Integer> purge(int shard, List<TaskId> ids) {
        if (ids.size() > MOST) {
            throw new IllegalArgumentException("at most 1,000 tasks are removed at a time");
        }
        return scripts.run(shard, Script.PURGE, ids.stream().map(TaskId::value).toList())
                .map(Response::toInteger);
    }
}
