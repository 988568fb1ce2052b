package org.mcpagentic.custommcp.tools.fetch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.mcpagentic.agent.tool.ToolFailure;

/** The bytes of a response that is text. */
public final class Body {

    /** How far into a body of unknown kind is looked. */
    private static final int SNIFFED_BYTES = 8_192;

    private static final String UNKNOWN = "unknown";

    private static final Set<String> UNDECIDED = Set.of(UNKNOWN, "application/octet-stream", "binary/octet-stream");

    private static final Set<String> TEXTUAL = Set.of(
            "application/json",
            "application/x-ndjson",
            "application/jsonl",
            "application/xml",
            "application/javascript",
            "application/x-javascript",
            "application/ecmascript",
            "application/yaml",
            "application/x-yaml",
            "application/toml",
            "application/sql",
            "application/graphql",
            "application/x-sh",
            "application/x-www-form-urlencoded",
            "application/rtf",
            "application/x-tex",
            "message/rfc822");

    private final String url;
    private final String mediaType;
    private final Optional<Charset> charset;
    private final byte[] bytes;
    private final boolean cut;

    private Body(String url, String mediaType, Optional<Charset> charset, byte[] bytes, boolean cut) {
        this.url = url;
        this.mediaType = mediaType;
        this.charset = charset;
        this.bytes = bytes;
        this.cut = cut;
    }

    /**
     * Reads a response to its end or to the bound; for a status other than 2xx, what is no text is left unread.
     *
     * @param mostBytes after decompression
     * @throws ToolFailure where it is no text
     */
    public static Body of(Fetched response, int mostBytes) throws IOException {
        String mediaType = response.mediaType()
                .filter(type -> type.matches("[!-~]{1,100}"))
                .orElse(UNKNOWN);
        boolean undecided = UNDECIDED.contains(mediaType);
        if (!undecided && !isText(mediaType)) {
            if (!response.isSuccess()) {
                return new Body(response.url(), mediaType, Optional.empty(), new byte[0], false);
            }
            throw noText(mediaType, response);
        }
        byte[] read = response.body().readNBytes(mostBytes + 1);
        boolean cut = read.length > mostBytes;
        Body body = new Body(
                response.url(), mediaType, response.charset(), cut ? Arrays.copyOf(read, mostBytes) : read, cut);
        if (undecided && !body.looksLikeText()) {
            throw noText(mediaType, response);
        }
        return body;
    }

    /** Where it came from. */
    String url() {
        return url;
    }

    /** What the server calls it; {@code unknown} where it does not say. */
    String mediaType() {
        return mediaType;
    }

    /** What the server says that it is written in. */
    Optional<Charset> charset() {
        return charset;
    }

    byte[] bytes() {
        return bytes;
    }

    /** Whether more bytes came than were read. */
    boolean cut() {
        return cut;
    }

    boolean isHtml() {
        if (!UNKNOWN.equals(mediaType)) {
            return "text/html".equals(mediaType) || "application/xhtml+xml".equals(mediaType);
        }
        String beginning = new String(bytes, 0, Math.min(bytes.length, 500), StandardCharsets.ISO_8859_1)
                .strip()
                .toLowerCase(Locale.ROOT);
        return beginning.startsWith("<!doctype html") || beginning.startsWith("<html");
    }

    /** The charset that the first bytes name. */
    Optional<Charset> byteOrderMark() {
        int first = bytes.length < 2 ? 0 : (bytes[0] & 0xff) << 8 | (bytes[1] & 0xff);
        if (first == 0xfeff) {
            return Optional.of(StandardCharsets.UTF_16BE);
        }
        if (first == 0xfffe) {
            return Optional.of(StandardCharsets.UTF_16LE);
        }
        return first == 0xefbb && bytes.length > 2 && (bytes[2] & 0xff) == 0xbf
                ? Optional.of(StandardCharsets.UTF_8)
                : Optional.empty();
    }

    /** Nothing where the bytes are not of the charset; a character that was cut off at the end is no fault. */
    static Optional<String> strictly(byte[] bytes, Charset charset, boolean cut) {
        CharsetDecoder decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CharBuffer into = CharBuffer.allocate((int) (bytes.length * (double) decoder.maxCharsPerByte()) + 1);
        CoderResult result = decoder.decode(ByteBuffer.wrap(bytes), into, !cut);
        return result.isError() ? Optional.empty() : Optional.of(into.flip().toString());
    }

    private boolean looksLikeText() {
        if (byteOrderMark().isPresent()) {
            return true;
        }
        byte[] beginning = Arrays.copyOf(bytes, Math.min(bytes.length, SNIFFED_BYTES));
        for (byte each : beginning) {
            if (each == 0) {
                return false;
            }
        }
        return strictly(beginning, StandardCharsets.UTF_8, true).isPresent();
    }

    private static boolean isText(String mediaType) {
        return mediaType.startsWith("text/")
                || mediaType.endsWith("+json")
                || mediaType.endsWith("+xml")
                || mediaType.endsWith("+yaml")
                || TEXTUAL.contains(mediaType);
    }

    private static ToolFailure noText(String mediaType, Fetched response) {
        String size = response.length().isPresent() ? " of " + response.length().getAsLong() + " bytes" : "";
        return new ToolFailure(
                "the URL leads to %s%s, which is no text; only text, HTML, JSON, XML and the like are read"
                        .formatted(UNKNOWN.equals(mediaType) ? "something" : mediaType, size));
    }
}
