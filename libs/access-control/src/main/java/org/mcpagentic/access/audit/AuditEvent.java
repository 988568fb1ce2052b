package org.mcpagentic.access.audit;

import java.util.regex.Pattern;
import org.mcpagentic.store.TenantId;

/**
 * Something that someone did, or was refused. Never prompts, answers or secrets.
 *
 * @param tenant in whose trail it is
 * @param actor an owner's id, an address, or a service's name; 1 to 128 printable ASCII characters
 * @param action a noun and a verb: {@code session.open}, {@code key.create}, {@code request.refuse}
 * @param target what it was done to: an id or a route, possibly empty; at most 256 printable ASCII characters
 * @param detail the rest, possibly empty, such as a problem code; at most 1,024 printable ASCII characters
 */
public record AuditEvent(TenantId tenant, String actor, String action, String target, String detail) {

    private static final Pattern ACTOR = Pattern.compile("[ -~]{1,128}");
    private static final Pattern ACTION = Pattern.compile("[a-z]{1,32}\\.[a-z_]{1,32}");
    private static final Pattern TARGET = Pattern.compile("[ -~]{0,256}");
    private static final Pattern DETAIL = Pattern.compile("[ -~]{0,1024}");

    public AuditEvent {
        if (!ACTOR.matcher(actor).matches()
                || !ACTION.matcher(action).matches()
                || !TARGET.matcher(target).matches()
                || !DETAIL.matcher(detail).matches()) {
            throw new IllegalArgumentException("an audit event has other than short printable text");
        }
    }
}
