package org.mcpagentic.archive;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a part of the archive: {@code tasks/2026/11/22/0-20261123T040506789Z-1f3c….jsonl.gz}. A task that is there twice is so in
 * parts of the same day and shard.
 *
 * @param day on which its tasks ended, in UTC
 * @param shard of its tasks
 * @param written when, in milliseconds
 * @param random keeps writers apart that do not know of each other
 * @param compressed whether the lines are in gzip's format
 */
public record PartName(LocalDate day, int shard, Instant written, long random, boolean compressed) {

    /** The folder of all parts. */
    public static final String ROOT = "tasks";

    private static final Pattern VALID = Pattern.compile("(\\d{1,4})-(\\d{8}T\\d{9}Z)-([0-9a-f]{16})\\.jsonl(\\.gz)?");

    private static final DateTimeFormatter WRITTEN =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'").withZone(ZoneOffset.UTC);

    /** The folder of a day. */
    public static String folder(LocalDate day) {
        return "%s/%04d/%02d/%02d".formatted(ROOT, day.getYear(), day.getMonthValue(), day.getDayOfMonth());
    }

    /** Understands a file's name; nothing where it is not the name of a part. */
    public static Optional<PartName> parse(LocalDate day, String file) {
        Matcher name = VALID.matcher(file);
        if (!name.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new PartName(
                    day,
                    Integer.parseInt(name.group(1)),
                    WRITTEN.parse(name.group(2), Instant::from),
                    Long.parseUnsignedLong(name.group(3), 16),
                    name.group(4) != null));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    public String path() {
        return "%s/%d-%s-%016x.jsonl%s"
                .formatted(folder(day), shard, WRITTEN.format(written), random, compressed ? ".gz" : "");
    }
}
