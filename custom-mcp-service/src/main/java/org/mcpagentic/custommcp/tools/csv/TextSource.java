package org.mcpagentic.custommcp.tools.csv;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.mcpagentic.agent.tool.ToolFailure;

/**
 * Bytes that are read as text: of a gzip file, what it holds; in the charset that a byte order mark names, else the one that was
 * asked for, else the one that was declared, else UTF-8. Bytes that are none of it end the reading.
 *
 * @param charset what they are read as
 */
public record TextSource(Reader reader, Charset charset) {

    private static final int GZIP_MAGIC = 0x1f8b;

    /**
     * Looks at the first bytes.
     *
     * @param mostBytes after decompression; what is longer fails when it gets there
     */
    public static TextSource of(InputStream bytes, Optional<Charset> asked, Optional<Charset> declared, long mostBytes)
            throws IOException {
        PushbackInputStream packed = new PushbackInputStream(bytes, 3);
        byte[] magic = peek(packed);
        InputStream plain =
                magic.length >= 2 && pair(magic) == GZIP_MAGIC ? new GZIPInputStream(packed, 8_192) : packed;
        PushbackInputStream text = new PushbackInputStream(new Bounded(plain, mostBytes), 3);
        byte[] first = peek(text);
        Optional<Charset> marked = mark(first);
        if (marked.isPresent()) {
            text.skipNBytes(marked.get().equals(StandardCharsets.UTF_8) ? 3 : 2);
        }
        Charset charset = marked.or(() -> asked).or(() -> declared).orElse(StandardCharsets.UTF_8);
        return new TextSource(
                new InputStreamReader(
                        text,
                        charset.newDecoder()
                                .onMalformedInput(CodingErrorAction.REPORT)
                                .onUnmappableCharacter(CodingErrorAction.REPORT)),
                charset);
    }

    private static byte[] peek(PushbackInputStream stream) throws IOException {
        byte[] first = stream.readNBytes(3);
        stream.unread(first);
        return first;
    }

    private static int pair(byte[] bytes) {
        return (bytes[0] & 0xff) << 8 | (bytes[1] & 0xff);
    }

    private static Optional<Charset> mark(byte[] first) {
        int pair = first.length < 2 ? 0 : pair(first);
        if (pair == 0xfeff) {
            return Optional.of(StandardCharsets.UTF_16BE);
        }
        if (pair == 0xfffe) {
            return Optional.of(StandardCharsets.UTF_16LE);
        }
        return pair == 0xefbb && first.length == 3 && (first[2] & 0xff) == 0xbf
                ? Optional.of(StandardCharsets.UTF_8)
                : Optional.empty();
    }

    /** Fails where there is more. */
    private static final class Bounded extends FilterInputStream {
        private final long most;
        private long read;

        Bounded(InputStream in, long most) {
            super(in);
            this.most = most;
        }

        @Override
        public int read() throws IOException {
            int next = super.read();
            if (next >= 0) {
                count(1);
            }
            return next;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int count = super.read(into, offset, length);
            if (count > 0) {
                count(count);
            }
            return count;
        }

        private void count(int bytes) {
            read += bytes;
            if (read > most) {
                throw new ToolFailure("the file has more than " + most + " bytes, which is the most that is read");
            }
        }
    }
}
