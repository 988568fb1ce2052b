package org.mcpagentic.store.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A network between a client and Redis that can be cut and can swallow what is sent, for the connections there are. */
final class Relay implements AutoCloseable {

    private final ServerSocket server;
    private final int target;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private final AtomicInteger accepted = new AtomicInteger();

    private Relay(ServerSocket server, int target) {
        this.server = server;
        this.target = target;
    }

    static Relay to(int port) {
        try {
            Relay relay = new Relay(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), port);
            Thread.ofVirtual().start(relay::accept);
            return relay;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return "redis://127.0.0.1:" + server.getLocalPort();
    }

    /** How many connections there were so far. */
    int accepted() {
        return accepted.get();
    }

    /** Closes the connections that there are. */
    void cut() {
        links.forEach(Link::close);
        links.clear();
    }

    /** Swallows what the connections that there are carry from now on; new ones work. */
    void silence() {
        links.forEach(link -> link.silent = true);
    }

    /** Lets every answer wait for that long before it is passed on, from now on. */
    void delay(Duration delay) {
        links.forEach(link -> link.delay = delay);
    }

    @Override
    public void close() {
        cut();
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Link link = new Link(client, new Socket(InetAddress.getLoopbackAddress(), target));
                links.add(link);
                accepted.incrementAndGet();
                Thread.ofVirtual().start(() -> link.carry(link.client, link.redis));
                Thread.ofVirtual().start(() -> link.carry(link.redis, link.client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static final class Link {

        private final Socket client;
        private final Socket redis;
        private volatile boolean silent;
        private volatile Duration delay = Duration.ZERO;

        Link(Socket client, Socket redis) {
            this.client = client;
            this.redis = redis;
        }

        void carry(Socket from, Socket to) {
            byte[] buffer = new byte[65_536];
            try {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    if (from == redis && delay.isPositive()) {
                        Thread.sleep(delay);
                    }
                    if (!silent) {
                        out.write(buffer, 0, read);
                    }
                }
            } catch (IOException | InterruptedException broken) {
                // why: the other side sees it by the closing below
            } finally {
                close();
            }
        }

        void close() {
            try (client;
                    redis) {
                silent = true;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
