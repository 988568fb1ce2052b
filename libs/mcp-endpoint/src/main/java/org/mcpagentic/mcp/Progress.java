package org.mcpagentic.mcp;

import java.util.Optional;
import java.util.OptionalDouble;

/** Takes what a client may be told of a call's progress; says nothing to a client that did not ask. */
@FunctionalInterface
public interface Progress {

    /**
     * @param done more than the last time
     * @param total in the same unit, where it is known
     */
    void report(double done, OptionalDouble total, Optional<String> message);
}
