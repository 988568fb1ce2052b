package org.mcpagentic.custommcp.tools.fetch;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpConnection;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A response's body, received on its event loop and read on another thread, which waits until the deadline. The event loop
 * is asked for a piece only where there is room for it: at most {@value #PIECES} pieces of at most 8 KiB wait here, and what
 * is not asked for stays with its sender.
 */
final class BodyStream extends InputStream {

    private static final int PIECES = 16;

    /** What the event loop passes on. */
    private sealed interface Piece {}

    private record Chunk(Buffer buffer) implements Piece {}

    private record End() implements Piece {}

    private record Broken(Throwable cause) implements Piece {}

    private final HttpClientResponse response;
    private final HttpConnection connection;
    private final Deadline deadline;
    // why one more: a break is told without having been asked for
    private final BlockingQueue<Piece> pieces = new ArrayBlockingQueue<>(PIECES + 1);
    private final AtomicBoolean ended = new AtomicBoolean();

    private Buffer chunk = Buffer.buffer();
    private int position;
    private boolean finished;

    private BodyStream(HttpClientResponse response, Deadline deadline) {
        this.response = response;
        this.connection = response.request().connection();
        this.deadline = deadline;
    }

    /** Has to be called on the response's event loop, as soon as the response begins. */
    static BodyStream of(HttpClientResponse response, Deadline deadline) {
        BodyStream body = new BodyStream(response, deadline);
        response.pause()
                .handler(body::received)
                .endHandler(end -> body.ended(new End()))
                .exceptionHandler(cause -> body.ended(new Broken(cause)))
                .fetch(PIECES);
        return body;
    }

    private void received(Buffer buffer) {
        pieces.add(new Chunk(buffer));
    }

    private void ended(Piece last) {
        if (ended.compareAndSet(false, true)) {
            pieces.add(last);
        }
    }

    @Override
    public int read() throws IOException {
        return hasByte() ? chunk.getByte(position++) & 0xff : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!hasByte()) {
            return -1;
        }
        int count = Math.min(length, chunk.length() - position);
        chunk.getBytes(position, position + count, into, offset);
        position += count;
        return count;
    }

    @Override
    public int available() {
        return chunk.length() - position;
    }

    /** Closes the connection, whatever of the body is still to come. */
    @Override
    public void close() {
        finished = true;
        connection.close();
    }

    /** Whether there is a byte to read. */
    private boolean hasByte() throws IOException {
        while (position == chunk.length() && !finished) {
            switch (next()) {
                case Chunk(Buffer buffer) -> {
                    chunk = buffer;
                    position = 0;
                    response.fetch(1);
                }
                case End() -> finished = true;
                case Broken(Throwable cause) -> {
                    close();
                    throw new FetchException("the connection broke before everything had come", cause);
                }
            }
        }
        return position < chunk.length();
    }

    private Piece next() throws IOException {
        try {
            // why: a sender that drips would otherwise never let the deadline pass
            Piece piece = deadline.left().isZero()
                    ? null
                    : pieces.poll(deadline.left().toNanos(), TimeUnit.NANOSECONDS);
            if (piece == null) {
                close();
                throw new FetchException("the server did not send everything in time");
            }
            return piece;
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("cancelled").initCause(e);
        }
    }
}
