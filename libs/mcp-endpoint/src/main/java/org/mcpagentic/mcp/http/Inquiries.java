package org.mcpagentic.mcp.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.mcpagentic.edge.access.Caller;
import org.mcpagentic.mcp.InputRequest;
import org.mcpagentic.mcp.McpConfig;
import org.mcpagentic.mcp.McpError;
import org.mcpagentic.mcp.RequestId;
import org.mcpagentic.mcp.session.ClientSession;
import org.mcpagentic.mcp.session.Mailbox;
import org.mcpagentic.mcp.wire.Message;
import org.mcpagentic.mcp.wire.Reply;
import org.mcpagentic.store.redis.Shards;

/**
 * What clients of the earlier revisions are asked, and the requests of theirs that are under way. Answers and cancellations may reach
 * any replica: they are looked for here first, and in the mailbox as long as somebody waits.
 */
@ApplicationScoped
class Inquiries {

    /** How often the mailbox is looked at while a client is asked. */
    private static final Duration LOOK_FOR_ANSWERS = Duration.ofMillis(150);

    /** How often it is looked at for the cancellation of a request that takes long. */
    private static final Duration LOOK_FOR_CANCELLATION = Duration.ofSeconds(1);

    private final Mailbox mailbox;
    private final Duration patience;
    private final Map<String, Waiting> waiting = new ConcurrentHashMap<>();
    private final Map<String, Runnable> underWay = new ConcurrentHashMap<>();

    Inquiries(Mailbox mailbox, McpConfig config) {
        this.mailbox = mailbox;
        this.patience = config.requestStateExpiry();
    }

    /** Answers that one request of a client waits for. */
    private static final class Waiting {

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

        void whenComplete(Runnable work) {
            whenComplete = work;
            put(Map.of());
        }

        void put(Map<String, Mailbox.Mail> more) {
            more.forEach(answers::putIfAbsent);
            if (answers.size() == ids.size()) {
                whenComplete.run();
            }
        }
    }

    /**
     * Asks the client on the stream of its own request.
     *
     * @return its answers by the handler's names; fails with {@link McpError} where it does not answer in time, or with an error
     */
    Uni<Map<String, ObjectNode>> ask(Conversation talk, ClientSession session, Map<String, InputRequest> requests) {
        Map<String, String> names = new LinkedHashMap<>();
        requests.keySet().forEach(name -> names.put("s-" + Shards.random(), name));
        List<String> ids = List.copyOf(names.keySet());
        Waiting answers = new Waiting(talk.caller(), session.id(), ids);
        return mailbox.expect(talk.caller(), session.id(), ids, patience)
                .invoke(() -> {
                    ids.forEach(id -> waiting.put(id, answers));
                    names.forEach((id, name) -> {
                        InputRequest request = requests.get(name);
                        if (request != null) {
                            talk.reply().ask(Reply.request(id, request.method(), params(request, session)));
                        }
                    });
                })
                .chain(() -> complete(talk, session, answers))
                .eventually(() -> ids.forEach(waiting::remove))
                .map(mail -> named(names, mail));
    }

    private Uni<Map<String, Mailbox.Mail>> complete(Conversation talk, ClientSession session, Waiting answers) {
        return Uni.createFrom()
                .<Map<String, Mailbox.Mail>>emitter(emitter -> {
                    answers.whenComplete(() -> emitter.complete(answers.answers));
                    Cancellable looking = Multi.createBy()
                            .repeating()
                            .uni(() -> looked(talk, session, answers))
                            .withDelay(LOOK_FOR_ANSWERS)
                            .indefinitely()
                            .subscribe()
                            .with(looked -> {});
                    emitter.onTermination(looking::cancel);
                })
                .ifNoItem()
                .after(patience)
                .failWith(() -> new McpError(
                        McpError.INTERNAL, "the client did not answer in time what the call needs", Optional.empty()));
    }

    private Uni<Boolean> looked(Conversation talk, ClientSession session, Waiting answers) {
        return mailbox.collect(talk.caller(), session.id(), talk.id().toString(), answers.missing())
                .map(delivery -> {
                    answers.put(delivery.answers());
                    return true;
                })
                // why: an outage of the store is no answer of the client's
                .onFailure()
                .recoverWithItem(false);
    }

    private static ObjectNode params(InputRequest request, ClientSession session) {
        ObjectNode params = request.params();
        if (!Revisions.hasModes(session.version())) {
            params.remove("mode");
        }
        return params;
    }

    private static Map<String, ObjectNode> named(Map<String, String> names, Map<String, Mailbox.Mail> mail) {
        Map<String, ObjectNode> inputs = new HashMap<>();
        mail.forEach((id, answer) -> {
            String name = names.get(id);
            if (name != null) {
                inputs.put(
                        name,
                        answer.result()
                                .orElseThrow(() -> new McpError(
                                        McpError.INTERNAL,
                                        "the client answered with an error what the call needs",
                                        Optional.empty())));
            }
        });
        return inputs;
    }

    /**
     * Takes an answer of a client's to whoever waits for it.
     *
     * @return whether somebody does
     */
    Uni<Boolean> answered(Caller caller, ClientSession session, Message.Response response) {
        Mailbox.Mail mail = new Mailbox.Mail(response.result());
        Waiting here = waiting.get(response.id());
        if (here != null && here.isOf(caller, session.id())) {
            here.put(Map.of(response.id(), mail));
            return Uni.createFrom().item(true);
        }
        return mailbox.deliver(caller, session.id(), response.id(), mail);
    }

    /** Keeps a request that is under way; it is to be given back when it is over. */
    UnderWay begin(Conversation talk, ClientSession session, Runnable cancel) {
        String name = name(session, talk.id());
        underWay.put(name, cancel);
        Cancellable watch = Multi.createFrom()
                .ticks()
                .startingAfter(LOOK_FOR_CANCELLATION)
                .every(LOOK_FOR_CANCELLATION)
                .onOverflow()
                .drop()
                .onItem()
                .transformToUniAndConcatenate(tick -> mailbox.collect(
                                talk.caller(), session.id(), talk.id().toString(), List.of())
                        .map(Mailbox.Delivery::cancelled)
                        .onFailure()
                        .recoverWithItem(false))
                .filter(cancelled -> cancelled)
                .subscribe()
                .with(cancelled -> cancel.run());
        return () -> {
            underWay.remove(name, cancel);
            watch.cancel();
        };
    }

    /** A request that is under way. */
    @FunctionalInterface
    interface UnderWay {

        void over();
    }

    /** A client cancels a request of its own. */
    Uni<Void> cancel(Caller caller, ClientSession session, RequestId id) {
        Runnable here = underWay.get(name(session, id));
        if (here != null) {
            here.run();
            return Uni.createFrom().voidItem();
        }
        return mailbox.cancel(caller, session.id(), id.toString());
    }

    private static String name(ClientSession session, RequestId id) {
        return session.id() + " " + id;
    }
}
