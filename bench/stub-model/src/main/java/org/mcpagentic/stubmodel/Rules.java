package org.mcpagentic.stubmodel;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** What the stub answers to what: the first rule that fits, else the default. */
final class Rules {
    private record Rule(String inputContains, List<Reply> turns) {}

    private final List<Rule> rules = new CopyOnWriteArrayList<>();
    private volatile Function<ModelRequest, Reply> otherwise = Rules::ok;

    void add(String inputContains, List<Reply> turns) {
        rules.add(new Rule(inputContains, checked(turns)));
    }

    void otherwise(Function<ModelRequest, Reply> answering) {
        otherwise = answering;
    }

    void otherwise(List<Reply> turns) {
        List<Reply> replies = checked(turns);
        otherwise = request -> play(replies, request);
    }

    void forget() {
        rules.clear();
        otherwise = Rules::ok;
    }

    /** The reply for this turn and attempt; never a {@link PerAttempt}. */
    Reply reply(ModelRequest request) {
        Reply reply = rules.stream()
                .filter(rule -> request.input().contains(rule.inputContains()))
                .findFirst()
                .map(rule -> play(rule.turns(), request))
                .orElseGet(() -> otherwise.apply(request));
        while (reply instanceof PerAttempt attempts) {
            reply = attempts.reply(request.attempt());
        }
        return reply;
    }

    private static Reply ok(ModelRequest request) {
        return Reply.text("ok");
    }

    private static Reply play(List<Reply> turns, ModelRequest request) {
        return turns.get(Math.min(request.turn(), turns.size() - 1));
    }

    private static List<Reply> checked(List<Reply> turns) {
        if (turns.isEmpty()) {
            throw new IllegalArgumentException("a script has a reply for the first turn");
        }
        return List.copyOf(turns);
    }
}
