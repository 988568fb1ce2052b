package org.mcpagentic.chaos.plan;

import java.time.Duration;

/** What breaks. Replicas are numbered from 0. */
public sealed interface Fault {

    /** SIGKILL, and a start after a while. */
    record Kill(int replica, Duration away) implements Fault {}

    /** SIGSTOP, and SIGCONT after a while. */
    record Pause(int replica, Duration lasting) implements Fault {}

    /** SIGTERM to one replica after the other, each started again before the next goes. */
    record RollingRestart() implements Fault {}

    /** SIGKILL of Redis, and a start after a while. */
    record KillRedis(Duration away) implements Fault {}

    /** All that passes between a replica and Redis takes longer, each way. */
    record Delay(int replica, Duration latency, Duration lasting) implements Fault {}

    /** The connections between a replica and Redis break. */
    record Cut(int replica) implements Fault {}

    /** The connections that there are swallow everything from now on; new ones work. */
    record Silence(int replica) implements Fault {}

    /** Nothing passes between a replica and Redis, and nobody is told; what was sent arrives when it is over. */
    record BlackHole(int replica, Direction direction, Duration lasting) implements Fault {}

    /** Which way nothing passes. */
    enum Direction {
        TO_REDIS,
        FROM_REDIS,
        BOTH
    }
}
