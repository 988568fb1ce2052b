package org.mcpagentic.custommcp.remote.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mcpagentic.localredis.LocalRedis;
import org.mcpagentic.store.redis.Lua;

/** What every script's header promises is what the script, put together with its parts, is. */
class RemoteScriptTest {

    private static final Path FOLDER = Path.of("src/main/resources/org/mcpagentic/custommcp/remote/redis/lua");
    private static final Path STORE = Path.of("../libs/task-store/src/main/resources/org/mcpagentic/store/redis/lua");
    private static final List<String> FIELDS = List.of("KEYS", "ARGV", "returns", "derives", "memory");
    private static final Pattern PLACEHOLDER = Pattern.compile("@\\{([a-z_]+)}");

    private static LocalRedis redis;

    @BeforeAll
    static void start() {
        redis = LocalRedis.start();
    }

    @AfterAll
    static void stop() {
        redis.close();
    }

    /** All that there are in the folder. */
    static Stream<Lua> scripts() {
        return Arrays.stream(RemoteScript.values());
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void headerSaysAllThatACallerNeeds(Lua script) {
        Map<String, String> header = header(script);

        assertThat(header.keySet()).containsExactly("purpose", "KEYS", "ARGV", "returns", "derives", "memory");
        assertThat(header.values()).noneMatch(String::isBlank);
        assertThat(header.get("KEYS")).isEqualTo("1 the shard's base key");
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void headerNamesExactlyTheKeysThatTheScriptUses(Lua script) {
        Set<String> named = Arrays.stream(field(script, "derives").split(",\\s*", -1))
                .map(pattern -> pattern.split(":", -1)[0].strip())
                .collect(Collectors.toCollection(TreeSet::new));

        Set<String> used = Stream.concat(Stream.of(FOLDER.resolve(file(script))), parts(script))
                .flatMap(file -> PLACEHOLDER.matcher(code(file)).results().map(MatchResult::group))
                .map(placeholder -> placeholder.substring(2, placeholder.length() - 1))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(used).isEqualTo(named);
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void flagsSayWhatTheHeaderPromisesOfAFullRedis(Lua script) {
        String memory = field(script, "memory");
        Set<String> flags = flags(script);

        if (memory.startsWith("reads only")) {
            assertThat(flags).containsExactlyInAnyOrder("no-writes", "allow-oom");
        } else if (memory.startsWith("runs when Redis is full")) {
            assertThat(flags).containsExactly("allow-oom");
        } else {
            assertThat(memory).startsWith("refused");
            assertThat(flags).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void isAcceptedByRedisUnderTheDigestThatJavaComputes(Lua script) {
        assertThat(redis.command("SCRIPT", "LOAD", script.source())).isEqualTo(script.digest());
    }

    @Test
    void everyResourceIsUsed() throws IOException {
        Set<Path> used = scripts()
                .flatMap(script -> Stream.concat(Stream.of(FOLDER.resolve(file(script))), parts(script)))
                .filter(file -> file.startsWith(FOLDER))
                .collect(Collectors.toSet());

        try (Stream<Path> files = Files.walk(FOLDER)) {
            assertThat(files.filter(Files::isRegularFile)).containsExactlyInAnyOrderElementsOf(used);
        }
    }

    private static Map<String, String> header(Lua script) {
        Map<String, String> header = new LinkedHashMap<>();
        String field = "purpose";
        List<String> lines = lines(FOLDER.resolve(file(script)));
        for (String line : lines.subList(1, lines.size())) {
            if (!line.startsWith("-- ") || line.startsWith("-- @")) {
                break;
            }
            String text = line.substring(3);
            String first = text.split(" ", 2)[0];
            field = FIELDS.contains(first) ? first : field;
            header.merge(field, text.replaceFirst("^" + field, "").strip(), (one, other) -> one + " " + other);
        }
        return header;
    }

    private static String field(Lua script, String name) {
        return header(script).getOrDefault(name, "");
    }

    private static Set<String> flags(Lua script) {
        String first = lines(FOLDER.resolve(file(script))).getFirst();
        assertThat(first).startsWith("#!lua");
        return Arrays.stream(first.replaceFirst("#!lua( flags=)?", "").split(",", -1))
                .filter(flag -> !flag.isEmpty())
                .collect(Collectors.toSet());
    }

    /** The parts that a script includes: its own, or the store's where it has none of the name. */
    private static Stream<Path> parts(Lua script) {
        return lines(FOLDER.resolve(file(script))).stream()
                .filter(line -> line.startsWith("-- @part "))
                .flatMap(line ->
                        Arrays.stream(line.substring("-- @part ".length()).split(" ", -1)))
                .map(part -> "parts/" + part + ".lua")
                .map(part -> Files.exists(FOLDER.resolve(part)) ? FOLDER.resolve(part) : STORE.resolve(part));
    }

    private static String code(Path file) {
        return lines(file).stream().filter(line -> !line.startsWith("--")).collect(Collectors.joining("\n"));
    }

    private static String file(Lua script) {
        return script.name().toLowerCase(Locale.ROOT) + ".lua";
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
