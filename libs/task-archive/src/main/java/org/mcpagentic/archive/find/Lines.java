package org.mcpagentic.archive.find;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** The lines of a stream, one at a time. Not thread-safe. */
final class Lines {

    private static final int BLOCK = 64 * 1024;

    private final InputStream bytes;
    private final int longest;
    private final byte[] block = new byte[BLOCK];
    private int at;
    private int end;
    private boolean over;

    /** @param longest bytes of a line that is taken */
    Lines(InputStream bytes, int longest) {
        this.bytes = bytes;
        this.longest = longest;
    }

    /**
     * The next line; nothing after the last one.
     *
     * @throws IOException when the stream cannot be read on
     */
    Optional<Line> next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        boolean tooLong = false;
        while (fill()) {
            int stop = at;
            while (stop < end && block[stop] != '\n') {
                stop++;
            }
            tooLong |= line.size() + (stop - at) > longest;
            if (!tooLong) {
                line.write(block, at, stop - at);
            }
            boolean whole = stop < end;
            at = whole ? stop + 1 : stop;
            if (whole) {
                return Optional.of(new Line(line.toByteArray(), true, tooLong));
            }
        }
        return line.size() == 0 && !tooLong
                ? Optional.empty()
                : Optional.of(new Line(line.toByteArray(), false, tooLong));
    }

    private boolean fill() throws IOException {
        if (at < end) {
            return true;
        }
        if (over) {
            return false;
        }
        try {
            end = bytes.read(block);
        } catch (EOFException e) {
            // why: compressed bytes that were cut off; what came before them is good
            end = -1;
        }
        at = 0;
        over = end < 0;
        return !over;
    }

    /** A line without its end. */
    static final class Line {

        private final byte[] bytes;
        private final boolean whole;
        private final boolean tooLong;

        private Line(byte[] bytes, boolean whole, boolean tooLong) {
            this.bytes = bytes;
            this.whole = whole;
            this.tooLong = tooLong;
        }

        /** Not to be changed. */
        byte[] bytes() {
            return bytes;
        }

        /** Whether its end was there. */
        boolean isWhole() {
            return whole;
        }

        /** Whether the bytes are not all of it. */
        boolean isTooLong() {
            return tooLong;
        }
    }
}
