package org.mcpagentic.launcher;

import java.util.concurrent.CompletableFuture;

/** One process of the system, which may be started several times in its life. */
interface Component {
    /** As shown to people; unique. */
    String name();

    /** Starts the process, for the first time or again after it ended. */
    void launch();

    /** The process id of the last launch. */
    long pid();

    /** Completes with the exit code when the process of the last launch has ended. */
    CompletableFuture<Integer> exit();

    /** Whether the process serves now; asks it, and may take up to a second. */
    boolean isReady();

    /** Asks the process to end and returns at once; without effect on those that must go last. */
    void requestStop();

    /** Ends the process and returns when it is gone; without effect if it has ended. */
    void stop();
}
