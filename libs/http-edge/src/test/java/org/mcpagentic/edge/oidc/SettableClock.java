package org.mcpagentic.edge.oidc;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Goes when told. */
final class SettableClock implements InstantSource {

    private volatile Instant now = Instant.now();

    synchronized void goOn(Duration by) {
        now = now.plus(by);
    }

    @Override
    public Instant instant() {
        return now;
    }
}
