package org.mcpagentic.chaos.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import org.mcpagentic.chaos.plan.Fault.Direction;

/** What lies between a replica and Redis: it can be slow, broken, or swallow one way or both, for old connections and new. */
final class Network implements AutoCloseable {

    private static final int CHUNK = 65_536;
    private static final Duration LOOK = Duration.ofMillis(5);

    private final ServerSocket server;
    private final int target;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private volatile Duration latency = Duration.ZERO;
    private volatile boolean blockedToRedis;
    private volatile boolean blockedFromRedis;

    private Network(ServerSocket server, int target) {
        this.server = server;
        this.target = target;
    }

    /** A network that leads to a port on loopback. */
    static Network to(int port) {
        try {
            Network network = new Network(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), port);
            Thread.ofVirtual().start(network::accept);
            return network;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return "redis://127.0.0.1:" + server.getLocalPort();
    }

    /** Breaks the connections that there are. */
    void cut() {
        links.forEach(Link::close);
    }

    /** Lets the connections that there are carry nothing any more, without a word. */
    void silence() {
        links.forEach(link -> link.silent = true);
    }

    /** Makes everything take so much longer, each way. */
    void delay(Duration longer) {
        latency = longer;
    }

    /** Holds back what is sent this way, until {@link #heal}. */
    void block(Direction direction) {
        blockedToRedis = direction != Direction.FROM_REDIS;
        blockedFromRedis = direction != Direction.TO_REDIS;
    }

    /** Lets everything pass again, with what was held back first. */
    void heal() {
        latency = Duration.ZERO;
        blockedToRedis = false;
        blockedFromRedis = false;
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cut();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Thread.ofVirtual().start(() -> connect(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void connect(Socket client) {
        try {
            Socket redis = new Socket(InetAddress.getLoopbackAddress(), target);
            client.setTcpNoDelay(true);
            redis.setTcpNoDelay(true);
            Link link = new Link(client, redis);
            links.add(link);
            link.open();
        } catch (IOException refused) {
            closeQuietly(client);
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException alreadyBroken) {
            // why nothing: a connection that broke is as closed as it can be
        }
    }

    /** Bytes under way, due at a time of {@link System#nanoTime}; none at the stream's end. */
    private record Chunk(ByteBuffer bytes, long due) {}

    private final class Link {

        private final Socket client;
        private final Socket redis;
        private volatile boolean closed;
        private volatile boolean silent;

        Link(Socket client, Socket redis) {
            this.client = client;
            this.redis = redis;
        }

        void open() {
            carry(client, redis, true);
            carry(redis, client, false);
        }

        private void carry(Socket from, Socket to, boolean toRedis) {
            LinkedBlockingQueue<Chunk> under = new LinkedBlockingQueue<>();
            Thread.ofVirtual().start(() -> take(from, under));
            Thread.ofVirtual().start(() -> give(to, under, toRedis));
        }

        private void take(Socket from, LinkedBlockingQueue<Chunk> under) {
            byte[] buffer = new byte[CHUNK];
            try {
                InputStream in = from.getInputStream();
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    under.add(new Chunk(
                            ByteBuffer.wrap(Arrays.copyOf(buffer, read)), System.nanoTime() + latency.toNanos()));
                }
            } catch (IOException broken) {
                // why nothing: the end that follows tells the other side
            } finally {
                under.add(new Chunk(ByteBuffer.allocate(0), 0));
            }
        }

        private void give(Socket to, LinkedBlockingQueue<Chunk> under, boolean toRedis) {
            try {
                OutputStream out = to.getOutputStream();
                for (Chunk chunk = under.take(); chunk.bytes().hasRemaining(); chunk = under.take()) {
                    long left = chunk.due() - System.nanoTime();
                    if (left > 0) {
                        Thread.sleep(Duration.ofNanos(left));
                    }
                    while (!closed && (toRedis ? blockedToRedis : blockedFromRedis)) {
                        Thread.sleep(LOOK);
                    }
                    if (!silent) {
                        out.write(chunk.bytes().array());
                    }
                }
            } catch (IOException broken) {
                // why nothing: the closing below tells both sides
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                close();
            }
        }

        void close() {
            closed = true;
            links.remove(this);
            closeQuietly(client);
            closeQuietly(redis);
        }
    }
}
