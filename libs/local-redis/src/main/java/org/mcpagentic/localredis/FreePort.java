package org.mcpagentic.localredis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Ports on 127.0.0.1 that nobody listens on. */
public final class FreePort {
    /** Ports that this process was given, lest two of its servers get one: the kernel names a port again at once. */
    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private static final int MOST_TRIES = 1000;

    private FreePort() {}

    /**
     * A port that was free just now and was not given to this process before; another process may take it before the
     * caller does.
     *
     * @throws IllegalStateException when no other one can be found
     */
    public static int any() {
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            int port = anotherOne();
            if (GIVEN.add(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no free port on 127.0.0.1 that was not given before");
    }

    private static int anotherOne() {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("no free port on 127.0.0.1", e);
        }
    }

    /** Whether a server could listen on the port now; also not if somebody listens on it on all addresses. */
    public static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            // why: connections in TIME_WAIT do not keep a server from listening, and servers set this too
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
