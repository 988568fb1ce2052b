package org.mcpagentic.mcp.http;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.mcpagentic.edge.access.Caller;
import org.mcpagentic.mcp.RequestId;
import org.mcpagentic.mcp.session.Mailbox;

/**
 * The requests of one session that are under way here. However many they are, the mailbox is looked at once for all of them, and only
 * for as long as there are any.
 */
final class SessionWork {

    /** Most that are under way at once. */
    static final int MOST = 64;

    /** How often the mailbox is looked at while the client is asked. */
    private static final Duration LOOK_FOR_ANSWERS = Duration.ofMillis(150);

    /** How often it is looked at for cancellations. */
    private static final Duration LOOK_FOR_CANCELLATIONS = Duration.ofSeconds(2);

    private final Mailbox mailbox;
    private final Caller caller;
    private final String session;
    private final Set<Request> requests = new HashSet<>();
    private final Set<Waiting> asking = new HashSet<>();
    private Cancellable forCancellations = () -> {};
    private Cancellable forAnswers = () -> {};

    SessionWork(Mailbox mailbox, Caller caller, String session) {
        this.mailbox = mailbox;
        this.caller = caller;
        this.session = session;
    }

    /** A request; two of the same id, which a client must not send, are two. */
    static final class Request {

        private final RequestId id;
        private final Runnable cancel;

        Request(RequestId id, Runnable cancel) {
            this.id = id;
            this.cancel = cancel;
        }
    }

    /** Takes a request, unless there are too many. */
    synchronized void begin(Request request) {
        if (requests.size() >= MOST) {
            return;
        }
        requests.add(request);
        if (requests.size() == 1) {
            forCancellations = every(
                    LOOK_FOR_CANCELLATIONS,
                    () -> mailbox.collect(caller, session, ids(), List.of()),
                    delivery -> cancel(id -> delivery.cancelled().contains(id.toString())));
        }
    }

    synchronized boolean has(Request request) {
        return requests.contains(request);
    }

    /**
     * Gives a request back.
     *
     * @return whether there are others
     */
    synchronized boolean over(Request request) {
        requests.remove(request);
        if (requests.isEmpty()) {
            forCancellations.cancel();
        }
        return !requests.isEmpty();
    }

    /** Looks for answers until there are those that are waited for; it is to be given back. */
    synchronized void ask(Waiting answers) {
        asking.add(answers);
        if (asking.size() == 1) {
            forAnswers = every(
                    LOOK_FOR_ANSWERS,
                    () -> mailbox.collect(caller, session, List.of(), missing()),
                    delivery -> asked().forEach(waiting -> waiting.put(delivery.answers())));
        }
    }

    synchronized void askNoMore(Waiting answers) {
        asking.remove(answers);
        if (asking.isEmpty()) {
            forAnswers.cancel();
        }
    }

    /**
     * Cancels what has an id.
     *
     * @return whether there was any
     */
    boolean cancel(Predicate<RequestId> which) {
        List<Request> found =
                under().stream().filter(request -> which.test(request.id)).toList();
        found.forEach(request -> request.cancel.run());
        return !found.isEmpty();
    }

    private List<String> ids() {
        return under().stream().map(request -> request.id.toString()).distinct().toList();
    }

    private List<String> missing() {
        return asked().stream().flatMap(waiting -> waiting.missing().stream()).toList();
    }

    private synchronized List<Request> under() {
        return List.copyOf(requests);
    }

    private synchronized List<Waiting> asked() {
        return List.copyOf(asking);
    }

    private static Cancellable every(
            Duration pause, Supplier<Uni<Mailbox.Delivery>> look, Consumer<Mailbox.Delivery> found) {
        return Multi.createFrom()
                .ticks()
                .startingAfter(pause)
                .every(pause)
                .onOverflow()
                .drop()
                .onItem()
                .transformToUniAndConcatenate(tick -> look.get()
                        // why: an outage of the store is no answer of the client's
                        .onFailure()
                        .recoverWithItem(new Mailbox.Delivery(Set.of(), Map.of())))
                .subscribe()
                .with(found);
    }
}
