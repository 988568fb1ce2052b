package org.mcpagentic.localredis;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Just enough of the <a href="https://redis.io/docs/latest/develop/reference/protocol-spec/">Redis protocol</a> to steer a server: one command, one textual reply. */
final class RedisProtocol {
    private static final int CONNECT_TIMEOUT_MILLIS = 2_000;
    private static final int REPLY_TIMEOUT_MILLIS = 10_000;

    private RedisProtocol() {}

    /**
     * Sends a command on a connection of its own.
     *
     * @return a string's or a number's text; empty for null
     * @throws RefusedException if Redis answers an error
     * @throws IOException if nobody answers, or with something that is not text
     */
    static String call(int port, String... words) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_TIMEOUT_MILLIS);
            socket.setSoTimeout(REPLY_TIMEOUT_MILLIS);
            socket.getOutputStream().write(encode(words));
            return decode(new BufferedInputStream(socket.getInputStream()));
        }
    }

    private static byte[] encode(String... words) {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(ascii("*" + words.length + "\r\n"));
        for (String word : words) {
            byte[] content = word.getBytes(StandardCharsets.UTF_8);
            request.writeBytes(ascii("$" + content.length + "\r\n"));
            request.writeBytes(content);
            request.writeBytes(ascii("\r\n"));
        }
        return request.toByteArray();
    }

    private static String decode(InputStream reply) throws IOException {
        int type = reply.read();
        String line = readLine(reply);
        return switch (type) {
            case '+', ':' -> line;
            case '-' -> throw new RefusedException(line);
            case '$' -> readBulk(reply, Integer.parseInt(line));
            default -> throw new IOException("a reply that is not text, of type " + type);
        };
    }

    private static String readBulk(InputStream reply, int length) throws IOException {
        if (length < 0) {
            return "";
        }
        byte[] content = reply.readNBytes(length);
        if (content.length < length) {
            throw new IOException("the reply ended early");
        }
        return new String(content, StandardCharsets.UTF_8);
    }

    private static String readLine(InputStream reply) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = reply.read(); next != '\r'; next = reply.read()) {
            if (next < 0) {
                throw new IOException("the reply ended early");
            }
            line.write(next);
        }
        reply.skipNBytes(1);
        return line.toString(StandardCharsets.UTF_8);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Redis understood the command and answered with an error. */
    static final class RefusedException extends IOException {
        private static final long serialVersionUID = 1L;

        RefusedException(String message) {
            super(message);
        }
    }
}
