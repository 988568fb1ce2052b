package org.mcpagentic.custommcp.tools.fetch;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;

/** An HTTP server that says exactly what its script writes, byte for byte, and remembers what it was asked. */
public final class LoopbackServer implements AutoCloseable {

    /** What is written to a connection whose request has been read; then the connection is closed. */
    public interface Script {
        void answer(Request request, OutputStream out) throws IOException, InterruptedException;
    }

    /**
     * What was asked.
     *
     * @param line the request line
     * @param headers by name in lower case
     */
    public record Request(String line, Map<String, String> headers) {}

    private final ServerSocket socket;
    private final Script script;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final CountDownLatch left = new CountDownLatch(1);

    private LoopbackServer(ServerSocket socket, Script script) {
        this.socket = socket;
        this.script = script;
        Thread.ofVirtual().start(this::accept);
    }

    public static LoopbackServer with(Script script) {
        return on("127.0.0.1", 0, script);
    }

    static LoopbackServer on(String address, int port, Script script) {
        try {
            return new LoopbackServer(new ServerSocket(port, 50, InetAddress.ofLiteral(address)), script);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static LoopbackServer secure(SSLContext context, Script script) {
        try {
            return new LoopbackServer(
                    context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1")),
                    script);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Answers 200 with this body. */
    public static Script saying(String contentType, byte[] body) {
        return (request, out) -> {
            head(out, "HTTP/1.1 200 OK", "Content-Type: " + contentType, "Content-Length: " + body.length);
            out.write(body);
        };
    }

    public static Script saying(String contentType, String body) {
        return saying(contentType, body.getBytes(StandardCharsets.UTF_8));
    }

    static Script redirecting(int status, String location) {
        return (request, out) ->
                head(out, "HTTP/1.1 " + status + " Over There", "Location: " + location, "Content-Length: 0");
    }

    /** Writes a status line and headers in UTF-8. */
    public static void head(OutputStream out, String... lines) throws IOException {
        out.write((String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    public int port() {
        return socket.getLocalPort();
    }

    /** A URL of this server by its address. */
    public String url(String path) {
        return "http://127.0.0.1:" + port() + path;
    }

    public List<Request> requests() {
        return requests;
    }

    int connections() {
        return connections.get();
    }

    /** Whether the first client to leave before everything was written, left. */
    boolean wasLeft() throws InterruptedException {
        return left.await(5, TimeUnit.SECONDS);
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                connections.incrementAndGet();
                Thread.ofVirtual().start(() -> serve(connection));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            Request request = read(new BufferedInputStream(connection.getInputStream()));
            requests.add(request);
            script.answer(request, connection.getOutputStream());
            connection.getOutputStream().flush();
        } catch (IOException e) {
            left.countDown();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Request read(InputStream in) throws IOException {
        String line = line(in);
        Map<String, String> headers = new TreeMap<>();
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            int colon = header.indexOf(':');
            headers.put(
                    header.substring(0, colon).toLowerCase(Locale.ROOT),
                    header.substring(colon + 1).strip());
        }
        return new Request(line, headers);
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("the client left");
            }
            if (next != '\r') {
                line.write(next);
            }
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
