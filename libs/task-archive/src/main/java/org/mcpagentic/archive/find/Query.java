package org.mcpagentic.archive.find;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import org.mcpagentic.archive.PartName;
import org.mcpagentic.store.TaskId;
import org.mcpagentic.store.TaskStatus;
import org.mcpagentic.store.TenantId;

/**
 * Which tasks are wanted: those that all of this holds for.
 *
 * @param status a final one
 * @param since ended at this time or later
 * @param before ended earlier than this
 * @param text in any of its texts, whatever the case; in lower case here
 */
record Query(
        Optional<TaskId> id,
        Optional<TenantId> tenant,
        Optional<TaskStatus> status,
        Optional<Instant> since,
        Optional<Instant> before,
        Optional<String> text) {

    Query {
        text = text.map(wanted -> wanted.toLowerCase(Locale.ROOT));
    }

    /** Whether tasks that ended on a day may be wanted. */
    boolean reaches(LocalDate day) {
        Instant from = day.atStartOfDay(ZoneOffset.UTC).toInstant();
        Instant to = day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        return since.map(time -> to.isAfter(time)).orElse(true)
                && before.map(time -> from.isBefore(time)).orElse(true);
    }

    /** Whether tasks that ended in a month, or in a year where that is 0, may be wanted. */
    boolean reaches(int year, int month) {
        LocalDate first = LocalDate.of(year, month == 0 ? 1 : month, 1);
        LocalDate next = month == 0 ? first.plusYears(1) : first.plusMonths(1);
        return since.map(time -> next.atStartOfDay(ZoneOffset.UTC).toInstant().isAfter(time))
                        .orElse(true)
                && before.map(time ->
                                first.atStartOfDay(ZoneOffset.UTC).toInstant().isBefore(time))
                        .orElse(true);
    }

    /** Whether a part may hold tasks that are wanted: a task's id tells its shard. */
    boolean reaches(PartName part) {
        return id.map(TaskId::value)
                .map(value -> Integer.parseInt(value.substring(1, value.indexOf('-')), Character.MAX_RADIX))
                .map(shard -> shard == part.shard())
                .orElse(true);
    }

    boolean wants(JsonNode task) {
        return id.map(wanted -> wanted.value().equals(task.path("task_id").asText()))
                        .orElse(true)
                && tenant.map(wanted ->
                                wanted.value().equals(task.path("tenant").asText()))
                        .orElse(true)
                && status.map(wanted ->
                                wanted.wireName().equals(task.path("status").asText()))
                        .orElse(true)
                && ((since.isEmpty() && before.isEmpty()) || endedInTime(task))
                && text.map(wanted -> says(task, wanted)).orElse(true);
    }

    private boolean endedInTime(JsonNode task) {
        try {
            Instant ended = Instant.parse(
                    task.path("finished_at").asText(task.path("created_at").asText()));
            return since.map(time -> !ended.isBefore(time)).orElse(true)
                    && before.map(ended::isBefore).orElse(true);
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static boolean says(JsonNode node, String wanted) {
        if (node.isTextual()) {
            return node.textValue().toLowerCase(Locale.ROOT).contains(wanted);
        }
        for (JsonNode child : node) {
            if (says(child, wanted)) {
                return true;
            }
        }
        return false;
    }
}
