package org.mcpagentic.chaos.cluster;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A connection of the harness's own to Redis, past all networks. For one thread. */
public final class RedisClient implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 10_000;

    private final Socket socket;
    private final InputStream in;

    private RedisClient(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    static RedisClient to(int port) throws IOException {
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        return new RedisClient(socket);
    }

    /** A reply that is one text or number; empty for null. */
    public String text(String... words) throws IOException {
        return call(words) instanceof String text ? text : "";
    }

    /** A reply that is a number. */
    public long number(String... words) throws IOException {
        return Long.parseLong(text(words));
    }

    /** A reply that is a list of texts. */
    public List<String> texts(String... words) throws IOException {
        return list(words).stream().map(String::valueOf).toList();
    }

    /** A reply that is a list of anything. */
    public List<?> list(String... words) throws IOException {
        return call(words) instanceof List<?> list ? list : List.of();
    }

    /** A reply that is a list of names and values. */
    public Map<String, String> map(String... words) throws IOException {
        return map(texts(words));
    }

    /** A list of names and values as a map. */
    public static Map<String, String> map(List<?> pairs) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i + 1 < pairs.size(); i += 2) {
            map.put(String.valueOf(pairs.get(i)), String.valueOf(pairs.get(i + 1)));
        }
        return map;
    }

    /** All keys. */
    public List<String> keys() throws IOException {
        List<String> keys = new ArrayList<>();
        String cursor = "0";
        do {
            List<?> page = list("SCAN", cursor, "COUNT", "1000");
            cursor = String.valueOf(page.getFirst());
            ((List<?>) page.getLast()).forEach(key -> keys.add(String.valueOf(key)));
        } while (!cursor.equals("0"));
        return keys.stream().distinct().sorted().toList();
    }

    private Object call(String... words) throws IOException {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(bytes("*" + words.length + "\r\n"));
        for (String word : words) {
            byte[] content = bytes(word);
            request.writeBytes(bytes("$" + content.length + "\r\n"));
            request.writeBytes(content);
            request.writeBytes(bytes("\r\n"));
        }
        socket.getOutputStream().write(request.toByteArray());
        return reply();
    }

    private Object reply() throws IOException {
        int type = in.read();
        String line = line();
        return switch (type) {
            case '+', ':' -> line;
            case '-' -> throw new IOException("Redis refused: " + line);
            case '$' -> bulk(Integer.parseInt(line));
            case '*' -> {
                List<Object> items = new ArrayList<>();
                for (int i = Integer.parseInt(line); i > 0; i--) {
                    items.add(reply());
                }
                yield items;
            }
            default -> throw new IOException("not a reply of Redis: " + type);
        };
    }

    private String bulk(int length) throws IOException {
        if (length < 0) {
            return "";
        }
        byte[] content = in.readNBytes(length);
        in.skipNBytes(2);
        return new String(content, StandardCharsets.UTF_8);
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\r'; next = in.read()) {
            if (next < 0) {
                throw new IOException("Redis closed the connection");
            }
            line.write(next);
        }
        in.skipNBytes(1);
        return line.toString(StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
