package org.mcpagentic.stubmodel;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The latest requests, and how many there were and are. */
final class RequestLog {
    private final int kept;
    private final Deque<RecordedRequest> requests = new ArrayDeque<>();
    private long count;
    private int inFlight;
    private int mostInFlight;

    RequestLog(int kept) {
        this.kept = kept;
    }

    synchronized void begins(RecordedRequest request) {
        count++;
        inFlight++;
        mostInFlight = Math.max(mostInFlight, inFlight);
        requests.addLast(request);
        if (requests.size() > kept) {
            requests.removeFirst();
        }
    }

    synchronized void ends() {
        inFlight--;
    }

    synchronized List<RecordedRequest> requests() {
        return List.copyOf(requests);
    }

    synchronized long count() {
        return count;
    }

    synchronized int inFlight() {
        return inFlight;
    }

    synchronized int mostInFlight() {
        return mostInFlight;
    }

    /** Forgets all but what is in flight. */
    synchronized void forget() {
        requests.clear();
        count = 0;
        mostInFlight = inFlight;
    }
}
