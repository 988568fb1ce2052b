package org.mcpagentic.stubmodel;

import java.util.List;

/** One reply for each attempt of the same input and turn; the last one goes for all later attempts. */
public record PerAttempt(List<Reply> replies) implements Reply {
    public PerAttempt {
        replies = List.copyOf(replies);
        if (replies.isEmpty()) {
            throw new IllegalArgumentException("there is a reply for the first attempt");
        }
    }

    Reply reply(int attempt) {
        return replies.get(Math.min(attempt, replies.size()) - 1);
    }
}
