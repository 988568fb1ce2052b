package org.mcpagentic.stubmodel;

import static java.util.Objects.requireNonNull;

import java.util.List;

/** What the model says: it thinks, speaks and calls, in this order. */
public record Content(String thinking, String text, List<Call> calls, Signing signing) {
    static final Content NOTHING = new Content("", "", List.of(), new Signing.Own());

    public Content {
        requireNonNull(thinking, "thinking");
        requireNonNull(text, "text");
        calls = List.copyOf(calls);
        requireNonNull(signing, "signing");
    }

    boolean hasBrokenCall() {
        return calls.stream().anyMatch(call -> call.parsed().isEmpty());
    }
}
