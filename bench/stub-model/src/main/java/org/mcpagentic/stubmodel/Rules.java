package org.mcpagentic.stubmodel;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** What the stub answers to what: the first rule that fits, else the default. */
final class Rules {
    private record Rule(String inputContains, Function<ModelRequest, Reply> script) {}

    private final List<Rule> rules = new CopyOnWriteArrayList<>();
    private volatile Function<ModelRequest, Reply> otherwise = Rules::ok;

    void add(String inputContains, Function<ModelRequest, Reply> script) {
        rules.add(new Rule(inputContains, script));
    }

    /** A script that plays these turn by turn, and the last again for all later turns. */
    static Function<ModelRequest, Reply> turns(List<Reply> replies) {
        if (replies.isEmpty()) {
            throw new IllegalArgumentException("a script has a reply for the first turn");
        }
        List<Reply> turns = List.copyOf(replies);
        return request -> turns.get(Math.min(request.turn(), turns.size() - 1));
    }

    void otherwise(Function<ModelRequest, Reply> script) {
        otherwise = script;
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
                .map(rule -> rule.script().apply(request))
                .orElseGet(() -> otherwise.apply(request));
        while (reply instanceof PerAttempt attempts) {
            reply = attempts.reply(request.attempt());
        }
        return reply;
    }

    private static Reply ok(ModelRequest request) {
        return Reply.text("ok");
    }
}
