package org.mcpagentic.store.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mcpagentic.localredis.LocalRedis;

/** The one rule of what the services may do in Redis, as it is deployed. */
final class AclRule {

    static final Path FILE = Path.of("../../k8s/components/redis-external/acl-rule.txt");

    private static final String USER = "mcp";
    private static final String PASSWORD = "only/for@tests:%";

    private AclRule() {}

    static List<String> words() {
        try {
            return Arrays.stream(Files.readString(FILE).split("\\s+", -1))
                    .filter(word -> !word.isEmpty())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives the server a user with the rule. */
    static void applyTo(LocalRedis redis) {
        List<String> command = new ArrayList<>(List.of("ACL", "SETUSER", USER, "reset", "on", ">" + PASSWORD));
        command.addAll(words());
        redis.command(command.toArray(String[]::new));
    }

    /** How that user reaches the server: as {@code REDIS_URL} names it. */
    static String urlOf(LocalRedis redis) {
        return "redis://" + USER + ":" + URLEncoder.encode(PASSWORD, StandardCharsets.UTF_8) + "@127.0.0.1:"
                + redis.port();
    }
}
