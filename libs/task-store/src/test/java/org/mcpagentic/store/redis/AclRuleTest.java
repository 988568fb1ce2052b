package org.mcpagentic.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.mutiny.redis.client.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mcpagentic.localredis.LocalRedis;

/** The rule of the services' user in Redis allows what the sources use, and nothing else. */
class AclRuleTest {

    private static final Path ROOT = Path.of("../..");

    /** What Vert.x' client sends by itself: the slots of a cluster, and the word before what is asked of a slot on its way. */
    private static final Set<String> OF_THE_CLIENT = Set.of("cluster|slots", "asking");

    /** What Redis itself is never sent. */
    private static final Set<String> TO_SENTINELS = Set.of("sentinel");

    /** Commands that are allowed by their first word and another one. */
    private static final Set<String> WITH_SUBCOMMANDS = Set.of(
            "acl",
            "client",
            "cluster",
            "config",
            "function",
            "latency",
            "memory",
            "object",
            "pubsub",
            "script",
            "xgroup",
            "xinfo");

    private static final Pattern SCRIPT_CALL = Pattern.compile("redis\\.p?call\\(([^,)]*)(?:,\\s*'([A-Z]+)')?");
    private static final Pattern WORD = Pattern.compile("'([A-Z]+)'");
    private static final Pattern JAVA_CALL = Pattern.compile("\\bCommand\\.([A-Z]+)\\b");

    private static LocalRedis redis;

    @BeforeAll
    static void start() {
        redis = LocalRedis.start();
        AclRule.applyTo(redis);
    }

    @AfterAll
    static void stop() {
        redis.close();
    }

    @Test
    void allowsExactlyTheCommandsThatAreUsed() throws IOException {
        Set<String> used = new TreeSet<>(OF_THE_CLIENT);
        used.addAll(usedByScripts());
        used.addAll(usedByClasses());
        used.removeAll(TO_SENTINELS);
        Set<String> allowed = AclRule.words().stream()
                .filter(word -> word.startsWith("+"))
                .map(word -> word.substring(1))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(without(used, allowed))
                .as("used, but missing in %s", AclRule.FILE)
                .isEmpty();
        assertThat(without(allowed, used))
                .as("in %s, but used by nothing", AclRule.FILE)
                .isEmpty();
    }

    @Test
    void namesEachCommandOnceAndNoWholeCategory() {
        List<String> words = AclRule.words();

        assertThat(words)
                .doesNotHaveDuplicates()
                .startsWith("resetkeys", "~mcp:*", "resetchannels", "&mcp:*", "nocommands");
        assertThat(words.subList(5, words.size())).allMatch(word -> word.matches("\\+[a-z]+(\\|[a-z]+)?"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "KEYS *",
                "SCAN 0",
                "FLUSHALL",
                "FLUSHDB",
                "CONFIG GET dir",
                "ACL LIST",
                "MONITOR",
                "DEBUG SLEEP 0",
                "SCRIPT FLUSH",
                "REPLICAOF NO ONE",
                "SHUTDOWN",
                "SAVE",
                "BGREWRITEAOF",
                "CLIENT LIST",
                "CLUSTER RESET",
                "MIGRATE 127.0.0.1 1 mcp:meta 0 1",
                "DUMP mcp:meta",
                "GET other:key",
                "HGETALL session",
                "PUBLISH other x",
                "PUBLISH __keyspace@0__:x x"
            })
    void refusesWhatNothingNeeds(String command) {
        List<String> request = Stream.concat(Stream.of("ACL", "DRYRUN", "mcp"), Stream.of(command.split(" ", -1)))
                .toList();

        assertThat(redis.command(request.toArray(String[]::new))).contains("no permissions");
    }

    @Test
    void scriptsReachNoKeysOfOthersEither() {
        try (TestStore store = TestStore.on(AclRule.urlOf(redis), redis.url(), Map.of())) {
            assertThatThrownBy(() -> store.asTheStore(Command.EVAL, "return redis.call('GET', 'other:key')", "0"))
                    .hasMessageContaining("can't access at least one of the keys");
            assertThat(store.asTheStore(Command.EVAL, "return redis.call('GET', 'mcp:key')", "0"))
                    .isNull();
        }
    }

    /** Also what scripts of Lua begin with that stands in Java. */
    private static Set<String> usedByScripts() throws IOException {
        List<String> scripts = new ArrayList<>(
                sources("src/main/resources", file -> file.toString().endsWith(".lua")));
        scripts.addAll(classes());
        Set<String> used = new TreeSet<>();
        for (String script : scripts) {
            SCRIPT_CALL.matcher(script).results().forEach(call -> used.addAll(commands(call)));
        }
        return used;
    }

    /** One, or all that a script may choose from. */
    private static List<String> commands(MatchResult call) {
        List<String> words = WORD.matcher(call.group(1))
                .results()
                .map(word -> word.group(1).toLowerCase(Locale.ROOT))
                .map(word -> WITH_SUBCOMMANDS.contains(word)
                        ? word + "|" + call.group(2).toLowerCase(Locale.ROOT)
                        : word)
                .toList();
        assertThat(words).as("the commands of: %s", call.group()).isNotEmpty();
        return words;
    }

    private static Set<String> usedByClasses() throws IOException {
        Set<String> used = classes().stream()
                .flatMap(source -> JAVA_CALL.matcher(source).results())
                .map(call -> call.group(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(used)
                .as("who sends one of them from Java has to tell its second word here")
                .doesNotContainAnyElementsOf(WITH_SUBCOMMANDS);
        return used;
    }

    private static List<String> classes() throws IOException {
        return sources("src/main/java", file -> file.toString().contains("/redis/"));
    }

    /** Of all rooms that ship: what is added to Redis in another one belongs into the rule too. */
    private static List<String> sources(String folder, Predicate<Path> chosen) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path parent : List.of(ROOT, ROOT.resolve("libs"))) {
            try (Stream<Path> rooms = Files.list(parent)) {
                for (Path room : rooms.toList()) {
                    files.addAll(files(room.resolve(folder), chosen));
                }
            }
        }
        List<String> texts = new ArrayList<>();
        for (Path file : files) {
            texts.add(Files.readString(file));
        }
        assertThat(texts).isNotEmpty();
        return texts;
    }

    private static List<Path> files(Path folder, Predicate<Path> chosen) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> found = Files.walk(folder)) {
            return found.filter(Files::isRegularFile).filter(chosen).toList();
        }
    }

    private static Set<String> without(Set<String> all, Set<String> some) {
        Set<String> rest = new TreeSet<>(all);
        rest.removeAll(some);
        return rest;
    }
}
