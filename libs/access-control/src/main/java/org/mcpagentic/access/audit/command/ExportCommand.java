package org.mcpagentic.access.audit.command;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Instant;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.mcpagentic.access.audit.trail.Entry;
import org.mcpagentic.access.audit.trail.SealedEntry;
import org.mcpagentic.access.redis.OpenedTrails;
import org.mcpagentic.store.StoreException;
import org.mcpagentic.store.StoreException.Code;
import org.mcpagentic.store.TenantId;
import org.mcpagentic.store.redis.Shards;

/** Prints sealed entries as JSON lines, shard after shard, the oldest first. Verifies nothing. */
final class ExportCommand {

    private static final int BUFFER = 64 * 1024;

    private final String redis;
    private final Map<String, String> environment;
    private final Optional<TenantId> tenant;
    private final Optional<Instant> since;
    private final Optional<Instant> until;
    private final PrintStream out;
    private final JsonFactory json = new JsonFactory().disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);

    ExportCommand(Given given, PrintStream out) {
        this.redis = given.redis();
        this.environment = given.environment();
        this.tenant = given.tenant();
        this.since = given.since();
        this.until = given.until();
        this.out = out;
    }

    int run() {
        try (OpenedTrails trails = OpenedTrails.at(redis, environment)) {
            int count = trails.shards()
                    .orElseThrow(
                            () -> new IllegalArgumentException("there is no store in this Redis: look at REDIS_URL"));
            Shards shards = new Shards(count);
            IntStream wanted =
                    tenant.map(one -> IntStream.of(shards.of(one))).orElseGet(() -> IntStream.range(0, count));
            OutputStream buffered = new BufferedOutputStream(out, BUFFER);
            for (int shard : wanted.toArray()) {
                Iterator<SealedEntry> entries = trails.trail(shard).entries();
                // why the check: nobody reads on where a pipe's other end was closed
                while (entries.hasNext() && !out.checkError()) {
                    SealedEntry sealed = entries.next();
                    if (isWanted(sealed.entry())) {
                        write(shard, sealed, buffered);
                    }
                }
            }
            buffered.flush();
            return Main.FINE;
        } catch (IOException e) {
            throw new StoreException(Code.STORE_UNAVAILABLE, "the output cannot be written", Optional.empty(), e);
        }
    }

    private boolean isWanted(Entry entry) {
        Optional<Instant> at = entry.at();
        return tenant.map(one -> one.value().equals(entry.field("tenant"))).orElse(true)
                && since.map(time -> at.map(then -> !then.isBefore(time)).orElse(false))
                        .orElse(true)
                && until.map(time -> at.map(then -> then.isBefore(time)).orElse(false))
                        .orElse(true);
    }

    private void write(int shard, SealedEntry sealed, OutputStream buffered) throws IOException {
        Entry entry = sealed.entry();
        try (JsonGenerator line = json.createGenerator(buffered)) {
            line.writeStartObject();
            line.writeNumberField("shard", shard);
            line.writeNumberField("number", sealed.position().number());
            if (sealed.position().sequence() != 0) {
                line.writeNumberField("sequence", sealed.position().sequence());
            }
            if (entry.at().isPresent()) {
                line.writeStringField("at", entry.at().get().toString());
            }
            for (String name : new String[] {"tenant", "actor", "action", "target", "detail"}) {
                line.writeStringField(name, entry.field(name));
            }
            if (!entry.mark().isEmpty()) {
                line.writeStringField("mark", entry.mark());
            }
            line.writeStringField("mac", sealed.mac());
            line.writeEndObject();
        }
        buffered.write('\n');
    }
}
