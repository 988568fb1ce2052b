package org.mcpagentic.custommcp.tools.fetch;

import io.netty.handler.codec.http.HttpUtil;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * A response whose body is still to be read; has to be closed.
 *
 * @param url where it came from in the end
 * @param status 200 to 999
 * @param contentType the {@code Content-Type} header
 * @param contentEncoding the {@code Content-Encoding} header
 * @param length what the server says that it sends, in bytes
 * @param sent the body as it is sent
 */
public record Fetched(
        String url,
        int status,
        Optional<String> contentType,
        Optional<String> contentEncoding,
        OptionalLong length,
        InputStream sent)
        implements AutoCloseable {

    /** Whether the status is 2xx. */
    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** Type and subtype in lower case, without parameters. */
    public Optional<String> mediaType() {
        return contentType
                .map(HttpUtil::getMimeType)
                .map(type -> type.toString().strip().toLowerCase(Locale.ROOT))
                .filter(type -> !type.isEmpty());
    }

    /** The charset that the content type names, where it is known here. */
    public Optional<Charset> charset() {
        return contentType.map(HttpUtil::getCharsetAsSequence).flatMap(name -> charset(name.toString()));
    }

    private static Optional<Charset> charset(String name) {
        try {
            return Optional.of(
                    Charset.forName(name.replace("\"", "").replace("'", "").strip()));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return Optional.empty();
        }
    }

    /**
     * The body, decompressed while it is read. It has no bound of its own: whoever reads stops where it is enough.
     *
     * @throws FetchException where it is compressed in a way that was not asked for
     */
    public InputStream body() throws IOException {
        return switch (contentEncoding
                .map(encoding -> encoding.strip().toLowerCase(Locale.ROOT))
                .orElse("")) {
            case "", "identity" -> sent;
            case "gzip", "x-gzip" -> decompressed(sent);
            default -> throw new FetchException("the server compressed its answer in a way that it was not asked to");
        };
    }

    /** What a gzip stream holds; nothing where it is empty. */
    public static InputStream decompressed(InputStream compressed) throws IOException {
        PushbackInputStream peeked = new PushbackInputStream(compressed, 1);
        int first = peeked.read();
        if (first < 0) {
            return peeked;
        }
        peeked.unread(first);
        try {
            return new GZIPInputStream(peeked, 8_192);
        } catch (ZipException e) {
            throw new FetchException("the server says that its answer is compressed, which it is not", e);
        }
    }

    @Override
    public void close() {
        try {
            sent.close();
        } catch (IOException e) {
            throw new IllegalStateException("closing a connection reads nothing", e);
        }
    }
}
