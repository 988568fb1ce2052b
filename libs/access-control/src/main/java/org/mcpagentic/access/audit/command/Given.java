package org.mcpagentic.access.audit.command;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mcpagentic.access.AccessSecret;
import org.mcpagentic.access.audit.verify.Anchor;
import org.mcpagentic.store.TenantId;

/** What a person wrote behind a command, and what the environment says. Failures are {@code IllegalArgumentException}s that say what to write. */
record Given(Map<String, String> words, Map<String, String> environment) {

    private static final List<String> NAMES = List.of("ANCHOR", "TENANT", "SINCE", "UNTIL");

    static Given of(List<String> arguments, Map<String, String> environment) {
        Map<String, String> words = new HashMap<>();
        for (String argument : arguments) {
            String[] parts = argument.split("=", 2);
            if (parts.length != 2 || !NAMES.contains(parts[0])) {
                throw new IllegalArgumentException("what is " + parts[0] + "? There are " + String.join(", ", NAMES));
            }
            if (!parts[1].isEmpty()) {
                words.put(parts[0], parts[1]);
            }
        }
        return new Given(words, environment);
    }

    String redis() {
        return Optional.ofNullable(environment.get("REDIS_URL"))
                .filter(url -> !url.isBlank())
                .orElse("redis://localhost:6379");
    }

    AccessSecret secret() {
        return Optional.ofNullable(environment.get("ACCESS_SECRET"))
                .filter(secret -> !secret.isBlank())
                .map(AccessSecret::of)
                .orElseThrow(
                        () -> new IllegalArgumentException("ACCESS_SECRET is not set: the trail is sealed with it"));
    }

    List<Anchor> anchors() {
        return word("ANCHOR").stream()
                .flatMap(anchors -> Arrays.stream(anchors.split(",", -1)))
                .map(Anchor::parse)
                .toList();
    }

    Optional<TenantId> tenant() {
        return word("TENANT").map(TenantId::new);
    }

    /** The beginning of a day, or a time. */
    Optional<Instant> since() {
        return word("SINCE").map(text -> time(text, 0));
    }

    /** The end of a day, or a time. */
    Optional<Instant> until() {
        return word("UNTIL").map(text -> time(text, 1));
    }

    private Optional<String> word(String name) {
        return Optional.ofNullable(words.get(name));
    }

    private static Instant time(String text, int daysLater) {
        try {
            return text.length() == 10
                    ? LocalDate.parse(text)
                            .plusDays(daysLater)
                            .atStartOfDay(ZoneOffset.UTC)
                            .toInstant()
                    : Instant.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("a time is 2026-11-22 or 2026-11-22T08:30:00Z");
        }
    }
}
