package org.mcpagentic.custommcp.tools.encoding;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jsoup.nodes.Entities;
import org.jsoup.parser.Parser;
import org.mcpagentic.agent.tool.ToolFailure;

/** A way to write text so that it survives somewhere; reads back only what was written correctly. */
public enum Encoding {
    /** RFC 4648, section 4, with padding. */
    BASE64,
    /** RFC 4648, section 5; written without padding, read with or without. */
    BASE64URL,
    /** Two lower-case digits for each byte; read in upper case too. */
    HEX,
    /** RFC 3986: all but letters, digits and {@code - . _ ~} as percent and two digits; a plus is a plus. */
    URL,
    /** HTML's character references. */
    HTML,
    /** A string of JSON, RFC 8259, quotes included. */
    JSON;

    private static final String BASE64_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final Pattern BEYOND_ASCII = Pattern.compile("[^\\x00-\\x7F]+");
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    public static Encoding ofWireName(String name) {
        return Arrays.stream(values())
                .filter(encoding -> encoding.wireName().equals(name))
                .findFirst()
                .orElseThrow(() -> new ToolFailure("there is no format \"" + name + "\"; there are "
                        + Arrays.stream(values()).map(Encoding::wireName).collect(Collectors.joining(", "))));
    }

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Encodes a text; where an encoding is of bytes, those of the text in UTF-8. */
    public String encode(String text) {
        byte[] bytes = Utf8.bytes(text);
        return switch (this) {
            case BASE64 -> Base64.getEncoder().encodeToString(bytes);
            case BASE64URL -> Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
            case HEX -> HexFormat.of().formatHex(bytes);
            // why: the JDK's encoder writes forms, which differ from RFC 3986 in these three
            case URL ->
                URLEncoder.encode(text, StandardCharsets.UTF_8)
                        .replace("+", "%20")
                        .replace("*", "%2A")
                        .replace("%7E", "~");
            case HTML -> Entities.escape(text);
            case JSON -> quoted(text);
        };
    }

    /** Decodes; fails with {@link ToolFailure} that says where the text is not encoded so. */
    public byte[] decode(String encoded) {
        return switch (this) {
            case BASE64 -> base64(encoded, "+/", Base64.getDecoder(), Base64.getEncoder());
            case BASE64URL -> base64url(encoded);
            case HEX -> hex(encoded);
            case URL -> url(encoded);
            case HTML -> Utf8.bytes(Parser.unescapeEntities(encoded, false));
            case JSON -> Utf8.bytes(unquoted(encoded));
        };
    }

    private byte[] base64url(String encoded) {
        String bare = encoded.replaceFirst("={1,2}$", "");
        if (bare.length() < encoded.length() && encoded.length() % 4 != 0) {
            throw wrong("it is padded, but not to a multiple of 4 characters");
        }
        return base64(bare, "-_", Base64.getUrlDecoder(), Base64.getUrlEncoder().withoutPadding());
    }

    private byte[] base64(String encoded, String more, Base64.Decoder decoder, Base64.Encoder encoder) {
        String digits = this == BASE64 ? encoded.replaceFirst("={1,2}$", "") : encoded;
        requireOnly(digits, character -> (BASE64_DIGITS + more).indexOf(character) >= 0);
        if (this == BASE64 && encoded.length() % 4 != 0) {
            throw wrong("it has " + encoded.length() + " characters; with = it is padded to a multiple of 4");
        }
        byte[] bytes;
        try {
            bytes = decoder.decode(encoded);
        } catch (IllegalArgumentException e) {
            throw wrong("its end is missing");
        }
        if (!encoder.encodeToString(bytes).equals(encoded)) {
            throw wrong("its last character holds bits that belong to no byte; its end may be missing");
        }
        return bytes;
    }

    private byte[] hex(String encoded) {
        requireOnly(encoded, HexFormat::isHexDigit);
        if (encoded.length() % 2 != 0) {
            throw wrong("it has " + encoded.length() + " digits; there are two for each byte");
        }
        return HexFormat.of().parseHex(encoded);
    }

    private byte[] url(String encoded) {
        // why: what a browser shows holds letters beyond ASCII as they are; a plus means a space in forms only
        String ascii = BEYOND_ASCII
                .matcher(encoded)
                .replaceAll(found -> URLEncoder.encode(utf16(found.group()), StandardCharsets.UTF_8))
                .replace("+", "%2B");
        try {
            return URLDecoder.decode(ascii, StandardCharsets.ISO_8859_1).getBytes(StandardCharsets.ISO_8859_1);
        } catch (IllegalArgumentException e) {
            throw wrong("a % is not followed by two hexadecimal digits");
        }
    }

    private static String utf16(String text) {
        return Utf8.text(Utf8.bytes(text)).orElse(text);
    }

    private static String quoted(String text) {
        try {
            return MAPPER.writeValueAsString(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a text is always JSON", e);
        }
    }

    private String unquoted(String encoded) {
        try {
            JsonNode value = MAPPER.readTree(encoded);
            if (value.isTextual()) {
                return value.textValue();
            }
        } catch (JsonProcessingException e) {
            throw wrong(e.getOriginalMessage());
        }
        throw wrong("a JSON string begins and ends with a quote");
    }

    private void requireOnly(String encoded, IntPredicate allowed) {
        for (int i = 0; i < encoded.length(); i++) {
            if (!allowed.test(encoded.charAt(i))) {
                throw wrong("\"%s\" at character %d does not belong there"
                        .formatted(Character.toString(encoded.codePointAt(i)), i + 1));
            }
        }
    }

    private ToolFailure wrong(String why) {
        return new ToolFailure("the text is not " + wireName() + ": " + why);
    }
}
