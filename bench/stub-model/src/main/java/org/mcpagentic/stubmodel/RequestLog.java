package org.mcpagentic.stubmodel;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The latest requests, and how many there were and are. */
final class RequestLog {
    private final int kept;
    private final Deque<RecordedRequest> requests = new ArrayDeque<>();
    private final Map<Integer, Long> answers = new TreeMap<>();
    private long count;
    private long early;
    private long whileRefusing;
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

    synchronized void came(RecordedRequest request, boolean earlierThanTold, boolean whileOthersWait) {
        request.came(earlierThanTold, whileOthersWait);
        early += earlierThanTold ? 1 : 0;
        whileRefusing += whileOthersWait ? 1 : 0;
    }

    synchronized void ends(RecordedRequest request) {
        inFlight--;
        answers.merge(request.status(), 1L, Long::sum);
    }

    synchronized List<RecordedRequest> requests() {
        return List.copyOf(requests);
    }

    /** By status; 0 is for those that ended unanswered. */
    synchronized Map<Integer, Long> answersByStatus() {
        return Map.copyOf(answers);
    }

    synchronized long count() {
        return count;
    }

    synchronized long earlyCount() {
        return early;
    }

    synchronized long whileRefusingCount() {
        return whileRefusing;
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
        answers.clear();
        count = 0;
        early = 0;
        whileRefusing = 0;
        mostInFlight = inFlight;
    }
}
