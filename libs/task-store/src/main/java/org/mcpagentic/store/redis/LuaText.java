package org.mcpagentic.store.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.mcpagentic.store.TaskStatus;
import org.mcpagentic.store.Transition;

/**
 * A script's text, assembled from resources in the folder {@code lua/} beside a class: a line {@code -- @part a b} includes
 * parts of the folder {@code parts/} there or, where it has none of the name, of the store's; a line {@code -- @transition x y}
 * brings in rows of {@link Transition} as Lua tables, {@code -- @final} the final statuses as another, and
 * {@code @{key}} names a {@link KeyName}. So keys and transitions have one home each, in Java.
 */
public final class LuaText {

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

    private LuaText() {}

    /**
     * Puts a script together; fails where it names a part, a transition or a key that there is not.
     *
     * @param owner whose package has the resource folder
     * @param keys those of the owner's module; the store's own are known besides
     */
    public static String assemble(Class<?> owner, String resource, List<? extends KeyName> keys) {
        StringBuilder text = new StringBuilder();
        for (String line : read(owner, resource).split("\n", -1)) {
            if (line.startsWith("-- @part ")) {
                for (String part : line.substring("-- @part ".length()).split(" ", -1)) {
                    text.append(readPart(owner, part));
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
        return withKeys(text.toString(), resource, keys);
    }

    private static boolean usesClock(CharSequence text) {
        return text.toString()
                .lines()
                .anyMatch(line -> !line.strip().startsWith("--") && line.matches(".*\\bnow\\b.*"));
    }

    private static String withKeys(String text, String resource, List<? extends KeyName> keys) {
        String replaced = text;
        for (KeyName key : keys) {
            replaced = replaced.replace(key.placeholder(), expression(key));
        }
        for (Key key : Key.values()) {
            replaced = replaced.replace(key.placeholder(), expression(key));
        }
        if (replaced.contains("@{")) {
            throw new IllegalStateException(resource + " names a key that there is not");
        }
        return replaced;
    }

    /** What the placeholder becomes: the shard's base key, which every script gets as its first, and the suffix. */
    private static String expression(KeyName key) {
        return "(BASE .. '" + key.suffix() + "')";
    }

    private static String table(Transition transition) {
        return transition.rows().entrySet().stream()
                .map(LuaText::row)
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

    private static String readPart(Class<?> owner, String part) {
        String resource = "parts/" + part + ".lua";
        boolean own = owner.getResource("lua/" + resource) != null;
        return read(own ? owner : LuaText.class, resource);
    }

    private static String read(Class<?> owner, String resource) {
        try (InputStream stream = owner.getResourceAsStream("lua/" + resource)) {
            if (stream == null) {
                throw new IllegalStateException("the script " + resource + " is not among the resources");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What Redis calls a script: its SHA-1 in hexadecimal. */
    public static String digest(String text) {
        try {
            // why: Redis names scripts by SHA-1; nothing is protected by it
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
