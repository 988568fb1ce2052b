package org.mcpagentic.custommcp.remote.redis;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Response;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jboss.logging.Logger;
import org.mcpagentic.access.AccessSecret;
import org.mcpagentic.custommcp.remote.definition.Definition;
import org.mcpagentic.custommcp.remote.registry.Pin;
import org.mcpagentic.custommcp.remote.registry.RemoteStore;
import org.mcpagentic.custommcp.remote.registry.ServerId;
import org.mcpagentic.custommcp.remote.registry.ServerSpec;
import org.mcpagentic.store.StoreException;
import org.mcpagentic.store.redis.Arguments;
import org.mcpagentic.store.redis.RedisBase;
import org.mcpagentic.store.redis.Replies;

/** Servers and approvals in the first shard. */
final class RedisRemoteStore implements RemoteStore {

    private static final Logger LOG = Logger.getLogger(RedisRemoteStore.class);

    private static final int SHARD = 0;

    private final RedisBase base;
    private final ServerCodec codec;

    RedisRemoteStore(RedisBase base, AccessSecret secret) {
        this.base = base;
        this.codec = new ServerCodec(new SealedToken(secret));
    }

    @Override
    public Uni<Optional<Snapshot>> load(long known) {
        return run(RemoteScript.REMOTE_LOAD, Arguments.of().and(known)).map(reply -> {
            if (reply.size() == 0) {
                return Optional.empty();
            }
            List<ServerSpec> servers = new ArrayList<>();
            Replies.map(reply.get(1)).forEach((id, text) -> decoded(id, text).ifPresent(servers::add));
            return Optional.of(new Snapshot(reply.get(0).toLong(), servers));
        });
    }

    /** Nothing where it cannot be read: one such entry must not keep all others away. */
    private Optional<ServerSpec> decoded(String id, String text) {
        try {
            return Optional.of(codec.decode(id, text));
        } catch (RuntimeException unreadable) {
            LOG.errorf(
                    "an added external server cannot be read server=%s class=%s",
                    id, unreadable.getClass().getName());
            return Optional.empty();
        }
    }

    @Override
    public Uni<Added> add(ServerSpec server) {
        String tenant = server.id().toString();
        Arguments arguments = Arguments.of(
                        server.id().toString(), codec.encode(server), tenant.substring(0, tenant.indexOf('/') + 1))
                .and(MOST_OF_TENANT)
                .and(MOST);
        return run(RemoteScript.REMOTE_ADD, arguments).map(reply -> {
            String word = reply.get(0).toString();
            if (word.equals("full")) {
                throw full();
            }
            return Added.valueOf(word.toUpperCase(Locale.ROOT));
        });
    }

    @Override
    public Uni<Boolean> remove(ServerId id) {
        return run(RemoteScript.REMOTE_REMOVE, Arguments.of(id.toString()))
                .map(reply -> reply.get(0).toInteger() == 1);
    }

    @Override
    public Uni<Optional<Pins>> pins(ServerId id, long known) {
        return run(RemoteScript.REMOTE_PINS, Arguments.of(id.toString()).and(known))
                .map(reply -> reply.size() == 0
                        ? Optional.empty()
                        : Optional.of(new Pins(reply.get(0).toLong(), pins(Replies.map(reply.get(1))))));
    }

    private static Map<String, Pin> pins(Map<String, String> fields) {
        TreeSet<String> tools = new TreeSet<>();
        fields.keySet().stream()
                .filter(field -> field.startsWith("h:") || field.startsWith("s:"))
                .forEach(field -> tools.add(field.substring(2)));
        Map<String, Pin> pins = new HashMap<>();
        tools.forEach(tool -> pin(fields, tool).ifPresent(pin -> pins.put(tool, pin)));
        return pins;
    }

    private static Optional<Pin> pin(Map<String, String> fields, String tool) {
        try {
            Optional<Definition> approved =
                    Optional.ofNullable(fields.get("a:" + tool)).map(Definition::of);
            Optional<Definition> seen =
                    Optional.ofNullable(fields.get("d:" + tool)).map(Definition::of);
            return approved.isEmpty() && seen.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Pin(approved, seen, fields.containsKey("m:" + tool)));
        } catch (RuntimeException unreadable) {
            LOG.errorf(
                    "what is known of an external server's tool cannot be read class=%s",
                    unreadable.getClass().getName());
            return Optional.empty();
        }
    }

    @Override
    public Uni<List<String>> see(ServerId id, boolean trustFirst, List<Definition> listed) {
        Arguments arguments = Arguments.of(id.toString())
                .and(id.tenant().isEmpty() ? 1 : 0)
                .and(trustFirst ? 1 : 0)
                .and(MOST_TOOLS);
        listed.forEach(definition ->
                arguments.and(definition.name()).and(definition.hash()).and(definition.text()));
        return run(RemoteScript.REMOTE_SEE, arguments).map(reply -> {
            if (reply.get(0).toInteger() == 1) {
                throw full();
            }
            List<String> waiting = new ArrayList<>(reply.size());
            for (int i = 1; i < reply.size(); i++) {
                waiting.add(reply.get(i).toString());
            }
            return waiting;
        });
    }

    @Override
    public Uni<Approved> approve(ServerId id, String tool, String hash) {
        return run(RemoteScript.REMOTE_APPROVE, Arguments.of(id.toString(), tool, hash))
                .map(reply -> Approved.valueOf(reply.get(0).toString().toUpperCase(Locale.ROOT)));
    }

    private static StoreException full() {
        return new StoreException(StoreException.Code.STORE_FULL, "the store is full");
    }

    private Uni<Response> run(RemoteScript script, Arguments arguments) {
        return base.scripts().run(SHARD, script, arguments.list());
    }
}
