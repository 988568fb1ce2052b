package org.mcpagentic.access.redis;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.vertx.mutiny.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mcpagentic.access.audit.trail.Checkpoint;
import org.mcpagentic.access.audit.trail.Entry;
import org.mcpagentic.access.audit.trail.Position;
import org.mcpagentic.access.audit.trail.SealedEntry;

/** Reads entries of streams, byte for byte, whatever they are. */
final class AuditReplies {

    private AuditReplies() {}

    /** One row of an XRANGE; nothing where its entry was deleted in the meantime. */
    static Optional<Entry> entry(Response row) {
        Response pairs = row.get(1);
        if (pairs == null) {
            return Optional.empty();
        }
        List<String> fields = new ArrayList<>(pairs.size());
        pairs.forEach(part -> fields.add(part.toString(ISO_8859_1)));
        return Position.parse(row.get(0).toString()).map(position -> new Entry(position, fields));
    }

    /** All rows of an XRANGE. */
    static List<Entry> entries(Response rows) {
        List<Entry> entries = new ArrayList<>(rows.size());
        rows.forEach(row -> entry(row).ifPresent(entries::add));
        return entries;
    }

    /** An entry and its mac, which is its last field; nothing where that is another one. */
    static Optional<SealedEntry> sealed(Entry entry) {
        List<String> fields = entry.fields();
        int last = fields.size() - 2;
        return last >= 0 && fields.get(last).equals("mac")
                ? Optional.of(
                        new SealedEntry(new Entry(entry.position(), fields.subList(0, last)), fields.get(last + 1)))
                : Optional.empty();
    }

    /** An entry of the stream of checkpoints; what it lacks is empty. */
    static Checkpoint checkpoint(Entry entry) {
        return new Checkpoint(entry.position(), entry.field("mac"), entry.field("at"), entry.field("signature"));
    }
}
