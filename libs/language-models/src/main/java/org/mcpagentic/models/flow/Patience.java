package org.mcpagentic.models.flow;

import java.time.Duration;

/**
 * How long one call of a model may take; each more than zero.
 *
 * @param turn most time to wait until the model's own limits let the call through
 * @param firstEvent most time from the call to the first sign of life
 * @param idle most time between two signs of life
 * @param whole most time from the call to the end of its turn
 */
public record Patience(Duration turn, Duration firstEvent, Duration idle, Duration whole) {

    public Patience {
        if (!turn.isPositive() || !firstEvent.isPositive() || !idle.isPositive() || !whole.isPositive()) {
            throw new IllegalArgumentException("patience is more than zero");
        }
    }
}
