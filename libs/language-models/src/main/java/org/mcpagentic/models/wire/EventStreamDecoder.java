package org.mcpagentic.models.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mcpagentic.agent.model.ModelException;

/**
 * Finds the data of events in a byte stream, however it is split. Names, ids and times of events are passed over: no
 * model server needs them read.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation">WHATWG HTML,
 *     interpreting an event stream</a>
 */
final class EventStreamDecoder {

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final byte[] DATA = {'d', 'a', 't', 'a'};
    private static final byte[] NOTHING = {};

    private final int mostBytes;
    private final Failures failures;

    /** The beginning of a line whose end has not come yet. */
    private byte[] line = NOTHING;

    private int lineLength;
    private @Nullable StringBuilder data;
    private long eventBytes;
    private boolean first = true;
    private boolean afterCarriageReturn;

    /** @param mostBytes bound on one event's data, and on any line */
    EventStreamDecoder(int mostBytes, Failures failures) {
        this.mostBytes = mostBytes;
        this.failures = failures;
    }

    /**
     * Takes what came next; what has no end yet is kept for the next time.
     *
     * @param out takes the data of each event that is complete
     * @throws ModelException where an event is beyond the bound
     */
    void feed(byte[] bytes, Consumer<String> out) {
        int start = 0;
        for (int i = 0; i < bytes.length; i++) {
            byte b = bytes[i];
            if (b == '\n' && afterCarriageReturn) {
                afterCarriageReturn = false;
                start = i + 1;
                continue;
            }
            afterCarriageReturn = b == '\r';
            if (b == '\n' || b == '\r') {
                endLine(bytes, start, i, out);
                start = i + 1;
            }
        }
        keep(bytes, start, bytes.length);
    }

    private void endLine(byte[] bytes, int start, int end, Consumer<String> out) {
        if (lineLength == 0) {
            takeLine(bytes, start, end, out);
        } else {
            keep(bytes, start, end);
            byte[] whole = line;
            int length = lineLength;
            line = NOTHING;
            lineLength = 0;
            takeLine(whole, 0, length, out);
        }
    }

    private void keep(byte[] bytes, int start, int end) {
        int more = end - start;
        if (more == 0) {
            return;
        }
        bound((long) lineLength + more);
        if (line.length < lineLength + more) {
            line = Arrays.copyOf(line, Math.max(lineLength + more, Math.min(2 * line.length, mostBytes)));
        }
        System.arraycopy(bytes, start, line, lineLength, more);
        lineLength += more;
    }

    private void takeLine(byte[] bytes, int begin, int end, Consumer<String> out) {
        int start = begin;
        if (first) {
            first = false;
            start += startsWith(bytes, start, end, BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length : 0;
        }
        if (start == end) {
            dispatch(out);
            return;
        }
        if (startsWith(bytes, start, end, DATA)) {
            int value = start + DATA.length;
            // why not what is passed over: servers keep streams alive with comments
            eventBytes += end - start;
            bound(eventBytes);
            if (value == end) {
                add("");
            } else if (bytes[value] == ':') {
                value += value + 1 < end && bytes[value + 1] == ' ' ? 2 : 1;
                add(new String(bytes, value, end - value, StandardCharsets.UTF_8));
            }
        }
    }

    private void add(String value) {
        if (data == null) {
            data = new StringBuilder(value);
        } else {
            data.append('\n').append(value);
        }
    }

    private void dispatch(Consumer<String> out) {
        StringBuilder event = data;
        data = null;
        eventBytes = 0;
        if (event != null) {
            out.accept(event.toString());
        }
    }

    private void bound(long bytes) {
        if (bytes > mostBytes) {
            throw failures.unusable("sent an event of more than " + mostBytes + " bytes");
        }
    }

    private static boolean startsWith(byte[] bytes, int start, int end, byte[] prefix) {
        return Arrays.equals(bytes, start, Math.min(end, start + prefix.length), prefix, 0, prefix.length);
    }
}
