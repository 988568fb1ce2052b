package org.mcpagentic.store.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.mcpagentic.store.TaskStatus;
import org.mcpagentic.store.Transition;

/**
 * The store's Lua scripts, assembled from the resources in {@code lua/}: a line {@code -- @part a b} includes parts, a
 * line {@code -- @transition x y} brings in rows of {@link Transition} as Lua tables, {@code -- @final} the
 * final statuses as another, and {@code @{key}} names a
 * {@link Key}. So keys and transitions have one home each, in Java.
 */
enum Script {
    CREATE,
    ENQUEUE,
    CANCEL,
    RESOLVE,
    READ,
    LIST,
    TICK,
    CLAIM,
    ADVANCE,
    END,
    LEAVE,
    EXPIRED,
    PURGE,
    ADMIT,
    SETTLE,
    STATISTICS,
    GAUGES,
    MEMORY_PUT,
    MEMORY_GET,
    MEMORY_PAGE,
    MEMORY_DELETE;

    private static final String PRELUDE = """
            local BASE = KEYS[1]
            local position = 0
            local function arg()
              position = position + 1
              return ARGV[position]
            end
            """;

    /** Redis' clock in microseconds. */
    private static final String CLOCK = """
            local clock = redis.call('TIME')
            local now = clock[1] * 1000000 + clock[2]
            """;

    private final String source = assemble(resourceName());
    private final String digest = sha1(source);

    /** The whole text, as it is sent to Redis. */
    String source() {
        return source;
    }

    /** The SHA-1 that EVALSHA wants. */
    String digest() {
        return digest;
    }

    private String resourceName() {
        return name().toLowerCase(Locale.ROOT) + ".lua";
    }

    /** Puts a script together; fails where it names a part, a transition or a key that there is not. */
    static String assemble(String resource) {
        StringBuilder text = new StringBuilder();
        for (String line : read(resource).split("\n", -1)) {
            if (line.startsWith("-- @part ")) {
                for (String part : line.substring("-- @part ".length()).split(" ", -1)) {
                    text.append(read("parts/" + part + ".lua"));
                }
            } else if (line.startsWith("-- @transition ")) {
                for (String transition :
                        line.substring("-- @transition ".length()).split(" ", -1)) {
                    text.append(table(Transition.valueOf(transition.toUpperCase(Locale.ROOT))));
                }
            } else if (line.equals("-- @final")) {
                text.append(finals());
            } else {
                text.append(line).append('\n');
            }
        }
        int body = text.indexOf("\n") + 1;
        text.insert(body, usesClock(text) ? PRELUDE + CLOCK : PRELUDE);
        return withKeys(text.toString(), resource);
    }

    private static boolean usesClock(CharSequence text) {
        return text.toString()
                .lines()
                .anyMatch(line -> !line.strip().startsWith("--") && line.matches(".*\\bnow\\b.*"));
    }

    private static String withKeys(String text, String resource) {
        String replaced = text;
        for (Key key : Key.values()) {
            replaced = replaced.replace(key.placeholder(), key.expression());
        }
        if (replaced.contains("@{")) {
            throw new IllegalStateException(resource + " names a key that there is not");
        }
        return replaced;
    }

    private static String table(Transition transition) {
        return transition.rows().entrySet().stream()
                .map(Script::row)
                .collect(Collectors.joining(", ", "local " + transition.wireName() + " = {", "}\n"));
    }

    private static String finals() {
        return Arrays.stream(TaskStatus.values())
                .filter(TaskStatus::isFinal)
                .map(status -> status.wireName() + " = true")
                .collect(Collectors.joining(", ", "local final = {", "}\n"));
    }

    private static String row(Map.Entry<TaskStatus, TaskStatus> row) {
        return row.getKey().wireName() + " = '" + row.getValue().wireName() + "'";
    }

    private static String read(String resource) {
        try (InputStream stream = Script.class.getResourceAsStream("lua/" + resource)) {
            if (stream == null) {
                throw new IllegalStateException("the script " + resource + " is not among the resources");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha1(String text) {
        try {
            // why: Redis names scripts by SHA-1; nothing is protected by it
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
