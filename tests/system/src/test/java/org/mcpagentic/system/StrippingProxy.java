package org.mcpagentic.system;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What an ingress is that serves each service below a prefix of its own and strips that: a request for
 * {@code /dash/app/main.js} arrives as {@code /app/main.js}, with the host that the browser asked.
 */
final class StrippingProxy implements AutoCloseable {
    private final ServerSocket door;
    private final Map<String, Integer> services;

    private StrippingProxy(ServerSocket door, Map<String, Integer> services) {
        this.door = door;
        this.services = services;
    }

    /** Starts one; the services' ports by their prefixes, such as {@code /dash}. */
    static StrippingProxy start(Map<String, Integer> services) throws IOException {
        ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        StrippingProxy proxy = new StrippingProxy(door, services);
        Thread.ofVirtual().start(proxy::serve);
        return proxy;
    }

    URI uri(String path) {
        return URI.create("http://localhost:" + door.getLocalPort() + path);
    }

    @Override
    public void close() throws IOException {
        door.close();
    }

    private void serve() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                Thread.ofVirtual().start(() -> pass(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    /** One request for each connection, so that only its first line has to be understood. */
    private void pass(Socket client) {
        try (client) {
            String head = readHead(client.getInputStream());
            String path = head.split(" ", 3)[1];
            String prefix = path.substring(0, path.indexOf('/', 1));
            Integer port = services.get(prefix);
            if (port == null) {
                return;
            }
            try (Socket service = new Socket(InetAddress.getLoopbackAddress(), port)) {
                String passed = head.replaceFirst(" " + prefix + "/", " /")
                        .replaceAll("(?im)^connection: .*\r\n", "")
                        .replaceFirst("\r\n\r\n$", "\r\nConnection: close\r\n\r\n");
                service.getOutputStream().write(passed.getBytes(StandardCharsets.ISO_8859_1));
                Thread.ofVirtual().start(() -> copyAndClose(client, service));
                copyAndClose(service, client);
            }
        } catch (IOException e) {
            // why: whoever went away sees its own connection closed
        }
    }

    private static String readHead(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        String text = "";
        while (!text.endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("the client went away");
            }
            head.write(next);
            text = head.toString(StandardCharsets.ISO_8859_1);
        }
        return text;
    }

    private static void copyAndClose(Socket from, Socket to) {
        try (from;
                to) {
            OutputStream out = to.getOutputStream();
            from.getInputStream().transferTo(out);
        } catch (IOException e) {
            // why: the other direction has closed both
        }
    }
}
