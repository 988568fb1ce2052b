package org.mcpagentic.mcp.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
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

    /** Most requests that an owner has under way in this process, in all sessions. */
    private static final int MOST_OF_OWNER = 256;

    private final Mailbox mailbox;
    private final Duration patience;
    private final Map<String, Waiting> waiting = new ConcurrentHashMap<>();
    private final Map<String, SessionWork> sessions = new ConcurrentHashMap<>();
    private final Places places = new Places(MOST_OF_OWNER);

    Inquiries(Mailbox mailbox, McpConfig config) {
        this.mailbox = mailbox;
        this.patience = config.requestStateExpiry();
    }

    /**
     * Asks the client on the stream of its own request.
     *
     * @return its answers by the handler's names; fails with {@link McpError} where it does not answer in time, or with an error,
     *     or where its connection is lost: nobody sees any more what it is asked
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
                    Optional.ofNullable(sessions.get(session.id())).ifPresent(work -> {
                        work.ask(answers);
                        emitter.onTermination(() -> work.askNoMore(answers));
                    });
                    answers.whenComplete(() -> emitter.complete(answers.answers()));
                    talk.reply()
                            .whenGone(() -> emitter.fail(new McpError(
                                    McpError.INTERNAL, "the client cannot be asked any more", Optional.empty())));
                })
                .ifNoItem()
                .after(patience)
                .failWith(() -> new McpError(
                        McpError.INTERNAL, "the client did not answer in time what the call needs", Optional.empty()));
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

    /**
     * Keeps a request that is under way; it is to be given back when it is over.
     *
     * @return nothing where its session, or its owner, has too many
     */
    Optional<UnderWay> begin(Conversation talk, ClientSession session, Runnable cancel) {
        return places.take(talk.caller()).flatMap(place -> {
            SessionWork.Request request = new SessionWork.Request(talk.id(), cancel);
            SessionWork work = sessions.compute(session.id(), (id, known) -> {
                SessionWork all = known == null ? new SessionWork(mailbox, talk.caller(), id) : known;
                all.begin(request);
                return all;
            });
            if (!work.has(request)) {
                place.leave();
                return Optional.empty();
            }
            return Optional.of(() -> {
                sessions.computeIfPresent(session.id(), (id, known) -> known.over(request) ? known : null);
                place.leave();
            });
        });
    }

    /** A request that is under way. */
    @FunctionalInterface
    interface UnderWay {

        void over();
    }

    /** A client cancels a request of its own. */
    Uni<Void> cancel(Caller caller, ClientSession session, RequestId id) {
        SessionWork here = sessions.get(session.id());
        if (here != null && here.cancel(id::equals)) {
            return Uni.createFrom().voidItem();
        }
        return mailbox.cancel(caller, session.id(), id.toString());
    }
}
