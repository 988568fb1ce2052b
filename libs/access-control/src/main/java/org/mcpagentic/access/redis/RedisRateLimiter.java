package org.mcpagentic.access.redis;

import io.smallrye.mutiny.Uni;
import java.util.List;
import org.mcpagentic.access.limit.RateLimiter;
import org.mcpagentic.store.Allowance;
import org.mcpagentic.store.Guard;
import org.mcpagentic.store.TenantId;
import org.mcpagentic.store.redis.Arguments;
import org.mcpagentic.store.redis.RedisBase;
import org.mcpagentic.store.redis.Replies;

/** Token buckets in Redis, the same that the store's own transitions charge. */
public final class RedisRateLimiter implements RateLimiter {

    private final RedisBase base;

    public RedisRateLimiter(RedisBase base) {
        this.base = base;
    }

    @Override
    public Uni<Allowance> take(TenantId tenant, Guard.Rate rate) {
        List<String> arguments = Arguments.of().guards(List.of(rate)).list();
        return base.scripts()
                .run(base.shards().of(tenant), LimitScript.TAKE, arguments)
                .map(reply -> {
                    if (!reply.get(0).toString().equals("ok")) {
                        throw Replies.refusal(reply);
                    }
                    return Replies.allowance(reply.get(1), reply.get(2)).orElseThrow();
                });
    }
}
