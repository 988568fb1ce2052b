package org.mcpagentic.access.redis;

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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mcpagentic.localredis.LocalRedis;
import org.mcpagentic.store.redis.KeyName;

/** What every session script's header promises is what the script, put together with its parts, is. */
class SessionScriptTest {

    private static final Path FOLDER = Path.of("src/main/resources/org/mcpagentic/access/redis/lua");
    private static final List<String> FIELDS = List.of("KEYS", "ARGV", "returns", "derives", "memory");

    private static LocalRedis redis;

    @BeforeAll
    static void start() {
        redis = LocalRedis.start();
    }

    @AfterAll
    static void stop() {
        redis.close();
    }

    @ParameterizedTest
    @EnumSource(SessionScript.class)
    void headerSaysAllThatACallerNeeds(SessionScript script) {
        Map<String, String> header = header(script);

        assertThat(header.keySet()).containsExactly("purpose", "KEYS", "ARGV", "returns", "derives", "memory");
        assertThat(header.values()).noneMatch(String::isBlank);
        assertThat(header.get("KEYS")).isEqualTo("1 the shard's base key");
    }

    @ParameterizedTest
    @EnumSource(SessionScript.class)
    void headerNamesExactlyTheKeysThatTheScriptUses(SessionScript script) {
        Set<String> named = Arrays.stream(field(script, "derives").split(",\\s*", -1))
                .map(pattern -> pattern.split(":", -1)[0].strip().toUpperCase(Locale.ROOT))
                .collect(Collectors.toCollection(TreeSet::new));

        Set<String> used = SessionScript.keys().stream()
                .filter(key -> script.source().contains("(BASE .. '" + key.suffix() + "')"))
                .map(KeyName::name)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(used).isEqualTo(named);
    }

    @ParameterizedTest
    @EnumSource(SessionScript.class)
    void flagsSayWhatTheHeaderPromisesOfAFullRedis(SessionScript script) {
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
    @EnumSource(SessionScript.class)
    void isAcceptedByRedisUnderTheDigestThatJavaComputes(SessionScript script) {
        assertThat(redis.command("SCRIPT", "LOAD", script.source())).isEqualTo(script.digest());
    }

    @Test
    void everyResourceIsUsed() throws IOException {
        Set<String> used = new TreeSet<>();
        for (SessionScript script : SessionScript.values()) {
            used.add(file(script));
            lines(file(script)).stream()
                    .filter(line -> line.startsWith("-- @part "))
                    .flatMap(line ->
                            Arrays.stream(line.substring("-- @part ".length()).split(" ", -1)))
                    .forEach(part -> used.add("parts/" + part + ".lua"));
        }

        try (Stream<Path> files = Files.walk(FOLDER)) {
            assertThat(files.filter(file -> file.getFileName().toString().startsWith("session_"))
                            .map(file -> FOLDER.relativize(file).toString()))
                    .containsExactlyInAnyOrderElementsOf(used);
        }
    }

    private static Map<String, String> header(SessionScript script) {
        Map<String, String> header = new LinkedHashMap<>();
        String field = "purpose";
        for (String line : lines(file(script)).subList(1, lines(file(script)).size())) {
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

    private static String field(SessionScript script, String name) {
        return header(script).getOrDefault(name, "");
    }

    private static Set<String> flags(SessionScript script) {
        String first = lines(file(script)).getFirst();
        assertThat(first).startsWith("#!lua");
        return Arrays.stream(first.replaceFirst("#!lua( flags=)?", "").split(",", -1))
                .filter(flag -> !flag.isEmpty())
                .collect(Collectors.toSet());
    }

    private static String file(SessionScript script) {
        return script.name().toLowerCase(Locale.ROOT) + ".lua";
    }

    private static List<String> lines(String file) {
        try {
            return Files.readAllLines(FOLDER.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
