package org.mcpagentic.mcp.http;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.mcpagentic.edge.access.Caller;
import org.mcpagentic.mcp.session.Mailbox;

/** Answers that one request of a client waits for. */
final class Waiting {

    private final Caller caller;
    private final String session;
    private final List<String> ids;
    private final Map<String, Mailbox.Mail> answers = new ConcurrentHashMap<>();
    private volatile Runnable whenComplete = () -> {};

    Waiting(Caller caller, String session, List<String> ids) {
        this.caller = caller;
        this.session = session;
        this.ids = ids;
    }

    boolean isOf(Caller other, String otherSession) {
        return session.equals(otherSession)
                && caller.tenant().equals(other.tenant())
                && caller.owner().equals(other.owner());
    }

    List<String> missing() {
        return ids.stream().filter(id -> !answers.containsKey(id)).toList();
    }

    Map<String, Mailbox.Mail> answers() {
        return Map.copyOf(answers);
    }

    void whenComplete(Runnable work) {
        whenComplete = work;
        put(Map.of());
    }

    /** Takes those of some answers that it waits for. */
    void put(Map<String, Mailbox.Mail> more) {
        ids.forEach(id -> {
            Mailbox.Mail answer = more.get(id);
            if (answer != null) {
                answers.putIfAbsent(id, answer);
            }
        });
        if (answers.size() == ids.size()) {
            whenComplete.run();
        }
    }
}
