package org.mcpagentic.stubmodel;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Settings of a {@link StubModel}; all have defaults. */
public final class StubModelBuilder {
    private static final Duration LONG = Duration.ofDays(365);

    Optional<String> key = Optional.empty();
    List<String> models = new ArrayList<>();
    int kept = 10_000;
    boolean requiringSignatures = true;
    boolean givingCallIds = true;
    int port;
    int eventLoops = 1;
    private int perWindow = Integer.MAX_VALUE;
    private Duration window = LONG;
    private int perDay = Integer.MAX_VALUE;
    private InstantSource time = InstantSource.system();

    StubModelBuilder() {}

    /** The port on 127.0.0.1; 0, the default, takes a free one. */
    public StubModelBuilder port(int number) {
        if (number < 0 || number > 65_535) {
            throw new IllegalArgumentException("a port is 0 to 65535, not " + number);
        }
        port = number;
        return this;
    }

    /** The key that clients must send; by default any does, and none. */
    public StubModelBuilder key(String required) {
        key = Optional.of(required);
        return this;
    }

    /** The models that there are; by default any is. */
    public StubModelBuilder models(String... names) {
        models = List.of(names);
        return this;
    }

    /**
     * Allows so many requests in a window that begins with the first request and in the next, which begins with the first
     * request after that; others are told to come when it ends.
     */
    public StubModelBuilder allowing(int requests, Duration inWindow) {
        perWindow = requests;
        window = inWindow;
        return this;
    }

    /** Allows so many requests in 24 hours from the first. */
    public StubModelBuilder allowingPerDay(int requests) {
        perDay = requests;
        return this;
    }

    /** Whether Gemini's function calls of the current turn must come back with their thought signatures; true by default. */
    public StubModelBuilder requiringSignatures(boolean required) {
        requiringSignatures = required;
        return this;
    }

    /** Whether Gemini's function calls have ids, as since Gemini 3; true by default. OpenAI's have them always. */
    public StubModelBuilder givingCallIds(boolean given) {
        givingCallIds = given;
        return this;
    }

    /** How many requests are kept, the latest; 10,000 by default. Benches keep few, since bodies take memory. */
    public StubModelBuilder keepingRequests(int count) {
        if (count < 0) {
            throw new IllegalArgumentException("0 requests or more are kept, not " + count);
        }
        kept = count;
        return this;
    }

    /** How many event loops, which are threads, serve; 1 by default. */
    public StubModelBuilder eventLoops(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("1 event loop or more, not " + count);
        }
        eventLoops = count;
        return this;
    }

    /** The clock of records and quotas; the system's by default. Paces follow the real time always. */
    public StubModelBuilder time(InstantSource source) {
        time = source;
        return this;
    }

    /**
     * Starts the stub and returns when it listens. Not for event loops.
     *
     * @throws IllegalStateException if it cannot listen
     */
    public StubModel build() {
        return StubModel.listening(this, new ModelService(this, time));
    }

    Quota quota() {
        return new Quota(perWindow, window, perDay);
    }
}
