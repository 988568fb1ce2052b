package org.mcpagentic.testsupport;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mcpagentic.localredis.LocalRedis;
import org.mcpagentic.store.redis.KeyName;
import org.mcpagentic.store.redis.Lua;

/**
 * What every script's header promises is what the script, put together with its parts, is. Each module that has scripts has a test of
 * this kind.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ScriptHeaders {

    private static final List<String> FIELDS = List.of("KEYS", "ARGV", "returns", "derives", "memory");
    private static final Pattern PLACEHOLDER = Pattern.compile("@\\{([a-z_]+)}");

    private final Path folder;
    private final Path store;
    private final LocalRedis redis = LocalRedis.start();

    /**
     * @param folder where the module's scripts are
     * @param store where the store's are, whose parts may be included
     */
    protected ScriptHeaders(Path folder, Path store) {
        this.folder = folder;
        this.store = store;
    }

    @AfterAll
    void stop() {
        redis.close();
    }

    /** All that there are in the folder. */
    protected abstract Stream<? extends Lua> scripts();

    /** All kinds of keys that they know. */
    protected abstract Stream<? extends KeyName> keys();

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

        Set<String> used = Stream.concat(Stream.of(folder.resolve(file(script))), parts(script))
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
                .flatMap(script -> Stream.concat(Stream.of(folder.resolve(file(script))), parts(script)))
                .filter(file -> file.startsWith(folder))
                .collect(Collectors.toSet());

        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile)).containsExactlyInAnyOrderElementsOf(used);
        }
    }

    @Test
    void noTwoKindsOfKeysBeginAlike() {
        List<String> suffixes = keys().map(KeyName::suffix).toList();

        assertThat(suffixes)
                .doesNotHaveDuplicates()
                .allMatch(suffix -> suffixes.stream()
                        .filter(other -> other.endsWith(":") && !other.equals(suffix))
                        .noneMatch(suffix::startsWith));
    }

    private Map<String, String> header(Lua script) {
        Map<String, String> header = new LinkedHashMap<>();
        String field = "purpose";
        List<String> lines = lines(folder.resolve(file(script)));
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

    private String field(Lua script, String name) {
        return header(script).getOrDefault(name, "");
    }

    private Set<String> flags(Lua script) {
        String first = lines(folder.resolve(file(script))).getFirst();
        assertThat(first).startsWith("#!lua");
        return Arrays.stream(first.replaceFirst("#!lua( flags=)?", "").split(",", -1))
                .filter(flag -> !flag.isEmpty())
                .collect(Collectors.toSet());
    }

    /** The parts that a script includes: its own, or the store's where it has none of the name. */
    private Stream<Path> parts(Lua script) {
        return lines(folder.resolve(file(script))).stream()
                .filter(line -> line.startsWith("-- @part "))
                .flatMap(line ->
                        Arrays.stream(line.substring("-- @part ".length()).split(" ", -1)))
                .map(part -> "parts/" + part + ".lua")
                .map(part -> Files.exists(folder.resolve(part)) ? folder.resolve(part) : store.resolve(part));
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
