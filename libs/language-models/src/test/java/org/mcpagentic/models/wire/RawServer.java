package org.mcpagentic.models.wire;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server that sends exactly the bytes that it is told, over a real socket on loopback. */
public final class RawServer implements AutoCloseable {

    public static final String STREAM_HEAD =
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";

    private static final Pattern CONTENT_LENGTH = Pattern.compile("(?i)\r\ncontent-length: (\\d+)");

    private final ServerSocket socket;
    private final Script script;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();

    /** What is done with a request; the connection closes where it throws, or closes it itself. */
    public interface Script {
        void answer(Line line) throws IOException, InterruptedException;
    }

    /** The connection that a request came over. */
    public static final class Line {
        private final Socket socket;
        private final InputStream in;
        private final OutputStream out;

        private Line(Socket socket) throws IOException {
            this.socket = socket;
            this.in = new BufferedInputStream(socket.getInputStream());
            this.out = socket.getOutputStream();
        }

        public void send(String text) throws IOException {
            send(text.getBytes(StandardCharsets.UTF_8));
        }

        public void send(byte[] bytes) throws IOException {
            out.write(bytes);
            out.flush();
        }

        /** One chunk of a body that is sent in chunks. */
        public void sendChunk(byte[] bytes) throws IOException {
            ByteArrayOutputStream chunk = new ByteArrayOutputStream();
            chunk.writeBytes((Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.UTF_8));
            chunk.writeBytes(bytes);
            chunk.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
            send(chunk.toByteArray());
        }

        public void sendChunk(String text) throws IOException {
            sendChunk(text.getBytes(StandardCharsets.UTF_8));
        }

        public void sendLastChunk() throws IOException {
            send("0\r\n\r\n");
        }

        public void close() throws IOException {
            socket.close();
        }

        /** Whether the client closes the connection in that time. */
        public boolean isClosedWithin(Duration time) throws IOException {
            socket.setSoTimeout((int) time.toMillis());
            try {
                return in.read() < 0;
            } catch (SocketTimeoutException stillOpen) {
                return false;
            } catch (IOException reset) {
                return true;
            }
        }
    }

    private RawServer(Script script) {
        try {
            this.socket = new ServerSocket(0, 1000, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.script = script;
    }

    public static RawServer answering(Script script) {
        RawServer server = new RawServer(script);
        Thread.ofVirtual().start(server::accept);
        return server;
    }

    /** Answers with a stream of one chunk. */
    public static RawServer streaming(String events) {
        return answering(line -> {
            line.send(STREAM_HEAD);
            line.sendChunk(events);
            line.sendLastChunk();
        });
    }

    /** Answers with that body. */
    public static RawServer answering(int status, String contentType, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return answering(line -> {
            line.send("HTTP/1.1 " + status + " As Told\r\nContent-Type: " + contentType + "\r\nContent-Length: "
                    + bytes.length + "\r\n\r\n");
            line.send(bytes);
        });
    }

    public URI base() {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }

    public int port() {
        return socket.getLocalPort();
    }

    /** The requests as they came, head and body. */
    public List<String> requests() {
        return requests;
    }

    /** How many connections there have been. */
    public int connections() {
        return connections.get();
    }

    private void accept() {
        try {
            while (true) {
                Socket accepted = socket.accept();
                accepted.setTcpNoDelay(true);
                open.add(accepted);
                connections.incrementAndGet();
                Thread.ofVirtual().start(() -> serve(accepted));
            }
        } catch (IOException closed) {
            // why nothing: the test is over
        }
    }

    private void serve(Socket accepted) {
        try (accepted) {
            Line line = new Line(accepted);
            while (!accepted.isClosed()) {
                requests.add(read(line.in));
                script.answer(line);
            }
        } catch (IOException | InterruptedException gone) {
            // why nothing: the client went away, which tests look at from its side
        }
    }

    private static String read(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.UTF_8).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("no request");
            }
            head.write(next);
        }
        String text = head.toString(StandardCharsets.UTF_8);
        Matcher length = CONTENT_LENGTH.matcher(text);
        return text
                + (length.find()
                        ? new String(in.readNBytes(Integer.parseInt(length.group(1))), StandardCharsets.UTF_8)
                        : "");
    }

    @Override
    public void close() {
        try {
            socket.close();
            for (Socket each : open) {
                each.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
