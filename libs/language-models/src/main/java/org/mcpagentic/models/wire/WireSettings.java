package org.mcpagentic.models.wire;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How model servers are reached.
 *
 * @param connectTimeout most time until a connection can be used: waiting for a free one, name, TCP and TLS; 1 ms to 5 min
 * @param connections most connections to one server from one event loop, 1 to 100,000
 * @param mostEventBytes bound on one event of a stream, 1 KiB to 64 MiB
 * @param mostAnswerBytes bound on one answer, 1 KiB to 1 GiB
 * @param http2 whether servers that are reached over TLS may speak HTTP/2
 * @param authorities PEM file of the only certificate authorities to trust; those of the JDK where there is none
 */
public record WireSettings(
        Duration connectTimeout,
        int connections,
        int mostEventBytes,
        long mostAnswerBytes,
        boolean http2,
        Optional<Path> authorities) {

    /** 10 s, 10,000 connections, events of 4 MiB, answers of 32 MiB, HTTP/1.1, the JDK's authorities. */
    public static final WireSettings DEFAULT =
            new WireSettings(Duration.ofSeconds(10), 10_000, 4 << 20, 32L << 20, false, Optional.empty());

    public WireSettings {
        if (connectTimeout.compareTo(Duration.ofMillis(1)) < 0 || connectTimeout.compareTo(Duration.ofMinutes(5)) > 0) {
            throw new IllegalArgumentException("a connection is waited for 1 ms to 5 min");
        }
        if (connections < 1 || connections > 100_000) {
            throw new IllegalArgumentException("there are 1 to 100,000 connections");
        }
        if (mostEventBytes < 1 << 10 || mostEventBytes > 64 << 20) {
            throw new IllegalArgumentException("an event is bounded to 1 KiB to 64 MiB");
        }
        if (mostAnswerBytes < 1 << 10 || mostAnswerBytes > 1L << 30) {
            throw new IllegalArgumentException("an answer is bounded to 1 KiB to 1 GiB");
        }
    }
}
