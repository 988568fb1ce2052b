package org.mcpagentic.archive.find;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.mcpagentic.archive.ArchiveStorage;
import org.mcpagentic.archive.folder.FolderStorage;
import org.mcpagentic.archive.s3.S3Keys;
import org.mcpagentic.archive.s3.S3Location;
import org.mcpagentic.archive.s3.S3Storage;
import org.mcpagentic.store.TaskId;
import org.mcpagentic.store.TaskStatus;
import org.mcpagentic.store.TenantId;

/** What a person wrote behind the command. Failures are {@code IllegalArgumentException}s that say what to write. */
record Wanted(ArchiveStorage storage, Query query) {

    static final String USAGE =
            "make archive-find ARCHIVE=<folder or s3://bucket/prefix> [ID=] [TENANT=] [STATUS=] [SINCE=] [UNTIL=] [TEXT=]";

    private static final List<String> NAMES = List.of("ARCHIVE", "ID", "TENANT", "STATUS", "SINCE", "UNTIL", "TEXT");

    private static final String S3 = "s3://";

    /**
     * Reads {@code NAME=value} pairs.
     *
     * @param environment where the endpoint and the keys of S3 are told
     */
    static Wanted of(String[] arguments, Map<String, String> environment) {
        Map<String, String> given = new HashMap<>();
        for (String argument : arguments) {
            int split = argument.indexOf('=');
            if (split < 0 || !NAMES.contains(argument.substring(0, split))) {
                throw new IllegalArgumentException("there is no such argument: " + argument);
            }
            if (given.put(argument.substring(0, split), argument.substring(split + 1)) != null) {
                throw new IllegalArgumentException(argument.substring(0, split) + " is there twice");
            }
        }
        Optional<Instant> since = value(given, "SINCE").map(text -> time("SINCE", text, 0));
        Optional<Instant> before = value(given, "UNTIL").map(text -> time("UNTIL", text, 1));
        if (since.isPresent() && before.isPresent() && !since.get().isBefore(before.get())) {
            throw new IllegalArgumentException("SINCE has to be before UNTIL");
        }
        Query query = new Query(
                value(given, "ID").map(Wanted::id),
                value(given, "TENANT").map(TenantId::new),
                value(given, "STATUS").map(Wanted::status),
                since,
                before,
                value(given, "TEXT"));
        return new Wanted(storage(value(given, "ARCHIVE"), environment), query);
    }

    private static TaskId id(String text) {
        if (!TaskId.looksLike(text)) {
            throw new IllegalArgumentException("ID is not a task's id: " + text);
        }
        return new TaskId(text);
    }

    private static TaskStatus status(String text) {
        return Arrays.stream(TaskStatus.values())
                .filter(TaskStatus::isFinal)
                .filter(status -> status.wireName().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("STATUS is one of "
                        + Arrays.stream(TaskStatus.values())
                                .filter(TaskStatus::isFinal)
                                .map(TaskStatus::wireName)
                                .collect(Collectors.joining(", "))));
    }

    /** @param days that are added to a date that has no time */
    private static Instant time(String name, String text, int days) {
        try {
            return text.indexOf('T') < 0
                    ? LocalDate.parse(text)
                            .plusDays(days)
                            .atStartOfDay(ZoneOffset.UTC)
                            .toInstant()
                    : Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    name + " is a day like 2026-11-22, or a time like 2026-11-22T08:30:00Z", e);
        }
    }

    private static ArchiveStorage storage(Optional<String> archive, Map<String, String> environment) {
        String place = archive.orElseThrow(() -> new IllegalArgumentException("ARCHIVE is missing"));
        if (place.startsWith(S3)) {
            return s3(place.substring(S3.length()), environment);
        }
        if (!Files.isDirectory(Path.of(place))) {
            throw new IllegalArgumentException("ARCHIVE is no folder: " + place);
        }
        return new FolderStorage(Path.of(place));
    }

    private static ArchiveStorage s3(String place, Map<String, String> environment) {
        int split = place.indexOf('/');
        S3Location location = new S3Location(
                value(environment, "ARCHIVE_S3_ENDPOINT").map(URI::create),
                value(environment, "ARCHIVE_S3_REGION").orElse("us-east-1"),
                split < 0 ? place : place.substring(0, split),
                split < 0 ? "" : place.substring(split + 1),
                value(environment, "ARCHIVE_S3_PATH_STYLE")
                        .map(Boolean::parseBoolean)
                        .orElse(false));
        if (value(environment, "AWS_ACCESS_KEY_ID").isEmpty()
                || value(environment, "AWS_SECRET_ACCESS_KEY").isEmpty()) {
            throw new IllegalArgumentException(
                    "s3:// needs AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment");
        }
        return new S3Storage(
                location,
                new S3Keys(
                        value(environment, "AWS_ACCESS_KEY_ID").orElseThrow(),
                        value(environment, "AWS_SECRET_ACCESS_KEY").orElseThrow(),
                        value(environment, "AWS_SESSION_TOKEN")));
    }

    private static Optional<String> value(Map<String, String> values, String name) {
        return Optional.ofNullable(values.get(name)).filter(text -> !text.isBlank());
    }
}
