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
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mcpagentic.localredis.LocalRedis;

/** What every script's header promises is what the script, put together with its parts, is. */
class AuditScriptTest {

    private static final Path FOLDER = Path.of("src/main/resources/org/mcpagentic/access/redis/lua");
    private static final List<String> FIELDS = List.of("KEYS", "ARGV", "returns", "derives", "memory");
    private static final Pattern KEY = Pattern.compile("\\(BASE \\.\\. '([^']+)'\\)");

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
    @EnumSource(AuditScript.class)
    void headerSaysAllThatACallerNeeds(AuditScript script) {
        Map<String, String> header = header(script);

        assertThat(header.keySet()).containsExactly("purpose", "KEYS", "ARGV", "returns", "derives", "memory");
        assertThat(header.values()).noneMatch(String::isBlank);
        assertThat(header.get("KEYS")).isEqualTo("1 the shard's base key");
    }

    @ParameterizedTest
    @EnumSource(AuditScript.class)
    void headerNamesExactlyTheKeysThatTheScriptUses(AuditScript script) {
        Set<String> named = Arrays.stream(
                        header(script).getOrDefault("derives", "").split(",\\s*", -1))
                .map(pattern -> pattern.split(":", -1)[0].strip())
                .map(AuditScriptTest::suffix)
                .collect(Collectors.toCollection(TreeSet::new));

        Set<String> used = KEY.matcher(script.source())
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(used).isEqualTo(named);
    }

    @ParameterizedTest
    @EnumSource(AuditScript.class)
    void flagsSayWhatTheHeaderPromisesOfAFullRedis(AuditScript script) {
        String memory = header(script).getOrDefault("memory", "");
        String flags = lines(file(script)).getFirst();

        if (memory.startsWith("reads only")) {
            assertThat(flags).isEqualTo("#!lua flags=no-writes,allow-oom");
        } else {
            assertThat(memory).startsWith("runs when Redis is full");
            assertThat(flags).isEqualTo("#!lua flags=allow-oom");
        }
    }

    @ParameterizedTest
    @EnumSource(AuditScript.class)
    void isAcceptedByRedisUnderTheDigestThatJavaComputes(AuditScript script) {
        assertThat(redis.command("SCRIPT", "LOAD", script.source())).isEqualTo(script.digest());
    }

    @Test
    void everyResourceIsUsed() throws IOException {
        Set<String> used =
                Arrays.stream(AuditScript.values()).map(AuditScriptTest::file).collect(Collectors.toSet());

        try (Stream<Path> files = Files.list(FOLDER)) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.startsWith("audit_")))
                    .containsExactlyInAnyOrderElementsOf(used);
        }
    }

    /** The store's keys are named as they are, ours after the constant. */
    private static String suffix(String name) {
        return Arrays.stream(AuditKey.values())
                .filter(key -> key.name().equals(name.toUpperCase(Locale.ROOT)))
                .map(AuditKey::suffix)
                .findFirst()
                .orElse(name);
    }

    private static Map<String, String> header(AuditScript script) {
        Map<String, String> header = new LinkedHashMap<>();
        String field = "purpose";
        for (String line : lines(file(script)).subList(1, lines(file(script)).size())) {
            if (!line.startsWith("-- ") || line.startsWith("-- @")) {
                break;
            }
            String text = line.substring(3);
            String first = text.strip().split(" ", 2)[0];
            field = text.startsWith(first) && FIELDS.contains(first) ? first : field;
            header.merge(field, text.replaceFirst("^" + field, "").strip(), (one, other) -> one + " " + other);
        }
        return header;
    }

    private static String file(AuditScript script) {
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
