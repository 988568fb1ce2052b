package org.mcpagentic.models.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.mcpagentic.agent.model.ModelEvent;
import org.mcpagentic.agent.model.ModelEvent.Answer;
import org.mcpagentic.agent.model.ModelEvent.TextDelta;
import org.mcpagentic.agent.model.ModelEvent.ToolCalls;
import org.mcpagentic.agent.model.ModelEvent.Turn;
import org.mcpagentic.agent.model.Usage;
import org.mcpagentic.agent.tool.ToolCall;

/** What a model has said so far in one turn, within bounds. */
public final class TurnInProgress {

    /** Bound on a turn's text; what is beyond it is left out, with a mark. */
    public static final int MOST_CHARS = 1 << 20;

    /** Bound on a turn's calls; more cannot be used. */
    public static final int MOST_CALLS = 64;

    private static final char REPLACEMENT = '\uFFFD';

    private final Failures failures;
    private final StringBuilder text = new StringBuilder(0);
    private final List<ToolCall> calls = new ArrayList<>(0);

    /** The first half of a surrogate pair whose other half has not come yet, or 0. */
    private char half;

    private long omitted;

    public TurnInProgress(Failures failures) {
        this.failures = failures;
    }

    /** Takes a piece of text and passes on what of it is whole and within the bound. */
    public void text(String piece, Consumer<? super ModelEvent> out) {
        String whole = whole(piece);
        int room = MOST_CHARS - text.length();
        if (omitted == 0 && whole.length() <= room) {
            say(whole, out);
        } else {
            int kept = omitted > 0 ? 0 : room;
            kept -= kept > 0 && Character.isHighSurrogate(whole.charAt(kept - 1)) ? 1 : 0;
            say(whole.substring(0, kept), out);
            omitted += whole.length() - kept;
        }
    }

    /** @throws org.mcpagentic.agent.model.ModelException where there are too many */
    public void call(ToolCall call) {
        if (calls.size() == MOST_CALLS) {
            throw failures.unusable("wants more than " + MOST_CALLS + " calls in one turn");
        }
        calls.add(call);
    }

    /** Whether the model wants anything called. */
    public boolean callsAnything() {
        return !calls.isEmpty();
    }

    /** Characters of text that were passed on. */
    public int length() {
        return text.length();
    }

    /** Whether text was left out. */
    public boolean isCut() {
        return omitted > 0;
    }

    /**
     * The whole turn; a mark that is added to its text is passed on as text, too.
     *
     * @param outOfRoom whether the model had to stop before it was done
     * @throws org.mcpagentic.agent.model.ModelException where that is nothing to go on with
     */
    public Turn end(
            String model, boolean outOfRoom, Usage usage, Optional<String> state, Consumer<? super ModelEvent> out) {
        if (half != 0) {
            half = 0;
            text(String.valueOf(REPLACEMENT), out);
        }
        boolean silent = text.toString().isBlank();
        if (outOfRoom && (!calls.isEmpty() || silent)) {
            throw failures.unusable("reached its output limit before it was done");
        }
        if (calls.isEmpty() && silent) {
            throw failures.unusable("returned nothing");
        }
        if (omitted > 0) {
            say("\n\n[truncated: the answer had " + (text.length() + omitted) + " characters]", out);
        } else if (outOfRoom) {
            say("\n\n[truncated: the model reached its output limit]", out);
        }
        return calls.isEmpty()
                ? new Answer(model, text.toString(), usage, state)
                : new ToolCalls(model, text.toString(), calls, usage, state);
    }

    private void say(String piece, Consumer<? super ModelEvent> out) {
        if (!piece.isEmpty()) {
            text.append(piece);
            out.accept(new TextDelta(piece));
        }
    }

    /** The text with what was held back before it, without what waits for its other half, and without halves in between. */
    private String whole(String piece) {
        if (half == 0 && piece.chars().noneMatch(c -> Character.isSurrogate((char) c))) {
            return piece;
        }
        String all = half == 0 ? piece : half + piece;
        half = 0;
        StringBuilder whole = new StringBuilder(all.length());
        for (int i = 0; i < all.length(); i++) {
            char c = all.charAt(i);
            if (!Character.isSurrogate(c)) {
                whole.append(c);
            } else if (Character.isHighSurrogate(c) && i + 1 == all.length()) {
                half = c;
            } else if (Character.isHighSurrogate(c) && Character.isLowSurrogate(all.charAt(i + 1))) {
                whole.append(c).append(all.charAt(++i));
            } else {
                whole.append(REPLACEMENT);
            }
        }
        return whole.toString();
    }
}
