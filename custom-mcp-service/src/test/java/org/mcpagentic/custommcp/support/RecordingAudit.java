package org.mcpagentic.custommcp.support;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.mcpagentic.access.audit.AuditEvent;
import org.mcpagentic.access.audit.AuditLog;

/** Keeps what is written down, for tests to look at; only where a profile enables it. */
@Alternative
@ApplicationScoped
public class RecordingAudit implements AuditLog {

    private final List<AuditEvent> events = new CopyOnWriteArrayList<>();

    @Override
    public Uni<Void> append(AuditEvent event) {
        return Uni.createFrom().voidItem().invoke(() -> events.add(event));
    }

    /** Actions, actors and details of what was done to something, in order. */
    public List<String> of(String target) {
        return events.stream()
                .filter(event -> event.target().equals(target))
                .map(event -> event.tenant() + " " + event.actor() + " " + event.action() + " [" + event.detail() + "]")
                .toList();
    }

    public List<AuditEvent> events() {
        return List.copyOf(events);
    }
}
