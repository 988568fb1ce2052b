package org.mcpagentic.bench.queue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.LongAdder;

/** Counts what clients send, by MONITOR: unlike Redis' own counters it tells that from what scripts run. */
final class SentCommands implements AutoCloseable {

    private final Socket socket;
    private final LongAdder count = new LongAdder();

    private SentCommands(Socket socket) {
        this.socket = socket;
    }

    static SentCommands watch(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        socket.getOutputStream().write("*1\r\n$7\r\nMONITOR\r\n".getBytes(StandardCharsets.UTF_8));
        lines.readLine();
        SentCommands sent = new SentCommands(socket);
        Thread.ofPlatform().daemon().name("monitor").start(() -> sent.follow(lines));
        return sent;
    }

    long count() {
        return count.sum();
    }

    /** Whether a line of MONITOR, such as {@code +1.2 [0 127.0.0.1:5] "GET" "k"}, is of a command that a client sent. */
    static boolean isSent(String line) {
        int space = line.indexOf(' ');
        return space > 0 && line.startsWith("[", space + 1) && !line.startsWith("[0 lua]", space + 1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void follow(BufferedReader lines) {
        try {
            String line = lines.readLine();
            while (line != null) {
                if (isSent(line)) {
                    count.increment();
                }
                line = lines.readLine();
            }
        } catch (IOException e) {
            if (!socket.isClosed()) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
