package org.mcpagentic.agent.worker;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Optional;
import org.mcpagentic.agent.model.LanguageModel;
import org.mcpagentic.agent.model.ModelEvent;
import org.mcpagentic.agent.model.Prompt;
import org.mcpagentic.agent.model.Usage;

/** A model whose turns may use {@value #MOST} tokens and use as many as a test says; counts what all of them together have used. */
final class MeteredModel implements LanguageModel {

    /** Tokens that one turn may use. */
    static final int MOST = 100;

    private static final Duration TURN = Duration.ofMillis(20);

    private final int used;
    private long spent;
    private long underWay;
    private long highest;

    /** @param used tokens of each turn, 10 to {@value #MOST} */
    MeteredModel(int used) {
        this.used = used;
    }

    /** Tokens that turns which ended have used. */
    synchronized long spent() {
        return spent;
    }

    /** The most that was ever used and still might be used by turns under way. */
    synchronized long highest() {
        return highest;
    }

    @Override
    public String name() {
        return "metered";
    }

    @Override
    public long contextTokens() {
        return 100_000;
    }

    @Override
    public Usage most(Prompt prompt) {
        return new Usage(MOST - 10, 10, 0);
    }

    @Override
    public Multi<ModelEvent> next(Prompt prompt) {
        return Uni.createFrom()
                .item(() -> begun())
                .onItem()
                .delayIt()
                .by(TURN)
                .map(begun -> ended())
                .toMulti();
    }

    private synchronized boolean begun() {
        underWay += MOST;
        highest = Math.max(highest, spent + underWay);
        return true;
    }

    private synchronized ModelEvent ended() {
        underWay -= MOST;
        spent += used;
        return new ModelEvent.Answer(name(), "42", new Usage(used - 10, 10, 0), Optional.empty());
    }
}
