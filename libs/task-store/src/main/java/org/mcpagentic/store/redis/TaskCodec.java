package org.mcpagentic.store.redis;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mcpagentic.store.Claim;
import org.mcpagentic.store.DailyBudget;
import org.mcpagentic.store.JournalEntry;
import org.mcpagentic.store.OwnerId;
import org.mcpagentic.store.Priority;
import org.mcpagentic.store.Progress.StepEntry;
import org.mcpagentic.store.SessionId;
import org.mcpagentic.store.Task;
import org.mcpagentic.store.Task.Loss;
import org.mcpagentic.store.TaskError;
import org.mcpagentic.store.TaskId;
import org.mcpagentic.store.TaskSpec;
import org.mcpagentic.store.TaskState;
import org.mcpagentic.store.TaskStatus;
import org.mcpagentic.store.TaskUsage;
import org.mcpagentic.store.TenantId;

/**
 * Tasks and journals as they lie in Redis. What a caller wrote (input, labels) is private and sealed in an
 * {@link Envelope}; what only routes and links is public JSON.
 */
final class TaskCodec {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Envelope envelope;

    TaskCodec(Envelope envelope) {
        this.envelope = envelope;
    }

    String privatePart(TaskId id, TaskSpec spec) {
        ObjectNode node = JSON.createObjectNode();
        node.put("input", spec.input());
        node.set("labels", JSON.valueToTree(spec.labels()));
        return envelope.seal(Place.ofTask(spec.tenant(), id), node.toString());
    }

    static String publicPart(TaskSpec spec) {
        ObjectNode node = JSON.createObjectNode();
        node.set("tools", JSON.valueToTree(spec.tools()));
        spec.model().ifPresent(model -> node.put("model", model));
        spec.retryOf().ifPresent(id -> node.put("retry_of", id.value()));
        spec.scheduleId().ifPresent(id -> node.put("schedule_id", id));
        spec.timeout().ifPresent(timeout -> node.put("timeout", Replies.micros(timeout)));
        spec.traceparent().ifPresent(trace -> node.put("traceparent", trace));
        if (!spec.budgets().isEmpty()) {
            ArrayNode budgets = node.putArray("budgets");
            spec.budgets()
                    .forEach(budget -> budgets.addObject()
                            .put("name", budget.name())
                            .put("unit", budget.unit().name().toLowerCase(Locale.ROOT))
                            .put("limit", budget.limit()));
        }
        return node.toString();
    }

    private static List<DailyBudget> budgets(JsonNode open) {
        List<DailyBudget> budgets = new ArrayList<>();
        for (JsonNode budget : open.path("budgets")) {
            budgets.add(new DailyBudget(
                    budget.path("name").asText(),
                    DailyBudget.Unit.valueOf(budget.path("unit").asText().toUpperCase(Locale.ROOT)),
                    budget.path("limit").asLong()));
        }
        return budgets;
    }

    TaskSpec spec(
            TaskId id,
            String tenant,
            String owner,
            String session,
            String lane,
            String privatePart,
            String publicPart) {
        TenantId whose = new TenantId(tenant);
        JsonNode secret = parse(envelope.open(Place.ofTask(whose, id), privatePart));
        JsonNode open = parse(publicPart);
        return new TaskSpec(
                whose,
                new OwnerId(owner),
                new SessionId(session),
                Priority.valueOf(lane.toUpperCase(Locale.ROOT)),
                secret.path("input").asText(),
                JSON.convertValue(open.path("tools"), new TypeReference<List<String>>() {}),
                text(open, "model"),
                JSON.convertValue(secret.path("labels"), new TypeReference<Map<String, String>>() {}),
                text(open, "retry_of").map(TaskId::new),
                text(open, "schedule_id"),
                text(open, "timeout").map(Replies::micros),
                text(open, "traceparent"),
                budgets(open));
    }

    Task task(TaskId id, Map<String, String> fields) {
        TaskSpec spec = spec(
                id,
                field(fields, "tenant"),
                field(fields, "owner"),
                field(fields, "session"),
                field(fields, "lane"),
                field(fields, "private"),
                field(fields, "public"));
        return new Task(
                id,
                spec,
                state(id, spec.tenant(), fields),
                Integer.parseInt(field(fields, "attempt")),
                Replies.instant(field(fields, "created")),
                Optional.ofNullable(fields.get("queued")).map(Replies::instant),
                Optional.ofNullable(fields.get("started")).map(Replies::instant),
                Optional.ofNullable(fields.get("finished")).map(Replies::instant),
                Optional.ofNullable(fields.get("deadline")).map(Replies::instant),
                losses(fields.getOrDefault("losses", "")),
                usage(fields.getOrDefault("used", "0 0 0 0 0")));
    }

    List<JournalEntry> journal(TenantId tenant, Map<String, String> fields) {
        List<JournalEntry> entries = new ArrayList<>();
        Map<Integer, String> outcomes = new HashMap<>();
        fields.forEach((name, value) -> {
            if (name.startsWith("o")) {
                outcomes.put(Integer.parseInt(name.substring(1)), value);
            }
        });
        fields.forEach((name, value) -> {
            if (name.startsWith("i")) {
                int step = Integer.parseInt(name.substring(1));
                entries.add(entry(tenant, step, value, outcomes.get(step)));
            }
        });
        entries.sort(Comparator.comparingInt(JournalEntry::step));
        return entries;
    }

    private static List<Loss> losses(String stored) {
        return stored.isEmpty()
                ? List.of()
                : Arrays.stream(stored.split(";", -1))
                        .filter(loss -> !loss.isEmpty())
                        .map(TaskCodec::loss)
                        .toList();
    }

    private static Loss loss(String stored) {
        String[] parts = stored.split(" ", 4);
        return new Loss(
                Integer.parseInt(parts[0]),
                parts[1],
                Loss.Reason.valueOf(parts[2].toUpperCase(Locale.ROOT)),
                Replies.instant(parts[3]));
    }

    String result(Claim claim, String result) {
        return envelope.seal(Place.ofResult(claim.tenant(), claim.task()), result);
    }

    /** Where nothing is sealed it is JSON, as scripts write the errors that they find themselves. */
    String error(Claim claim, TaskError error) {
        String json = JSON.createObjectNode()
                .put("code", error.code())
                .put("message", error.message())
                .toString();
        return envelope.seals() ? envelope.seal(Place.ofError(claim.tenant(), claim.task()), json) : json;
    }

    String intent(TenantId tenant, StepEntry entry) {
        return envelope.seal(Place.ofIntent(tenant, entry.step()), entry.payload());
    }

    String outcome(TenantId tenant, StepEntry entry) {
        return envelope.seal(Place.ofOutcome(tenant, entry.step()), entry.payload());
    }

    private JournalEntry entry(TenantId tenant, int step, String intent, @Nullable String outcome) {
        String[] parts = intent.split(" ", 3);
        return new JournalEntry(
                step,
                Integer.parseInt(parts[0]),
                envelope.open(Place.ofIntent(tenant, step), parts[2]),
                Replies.instant(parts[1]),
                Optional.ofNullable(outcome).map(text -> {
                    String[] sides = text.split(" ", 2);
                    return new JournalEntry.Outcome(
                            envelope.open(Place.ofOutcome(tenant, step), sides[1]), Replies.instant(sides[0]));
                }));
    }

    private TaskState state(TaskId id, TenantId tenant, Map<String, String> fields) {
        return switch (TaskStatus.ofWireName(field(fields, "state"))) {
            case CREATED -> new TaskState.Created();
            case QUEUED -> new TaskState.Queued();
            case RUNNING -> new TaskState.Running(field(fields, "worker"));
            case WAITING -> new TaskState.Waiting(error(id, tenant, fields).orElseThrow());
            case RETRYING ->
                new TaskState.Retrying(
                        Replies.instant(field(fields, "due")),
                        error(id, tenant, fields).orElseThrow());
            case CANCELLING -> new TaskState.Cancelling(field(fields, "worker"));
            case SUCCEEDED ->
                new TaskState.Succeeded(envelope.open(Place.ofResult(tenant, id), field(fields, "result")));
            case FAILED -> new TaskState.Failed(error(id, tenant, fields).orElseThrow());
            case CANCELLED -> new TaskState.Cancelled(error(id, tenant, fields));
        };
    }

    private Optional<TaskError> error(TaskId id, TenantId tenant, Map<String, String> fields) {
        return Optional.ofNullable(fields.get("error"))
                .map(stored -> stored.startsWith("{") ? stored : envelope.open(Place.ofError(tenant, id), stored))
                .map(TaskCodec::parse)
                .map(node -> new TaskError(
                        node.path("code").asText(), node.path("message").asText()));
    }

    private static String field(Map<String, String> fields, String name) {
        String value = fields.get(name);
        if (value == null) {
            throw new IllegalStateException("a stored task has no " + name);
        }
        return value;
    }

    private static TaskUsage usage(String stored) {
        String[] parts = stored.split(" ", 5);
        return new TaskUsage(
                Long.parseLong(parts[0]),
                Long.parseLong(parts[1]),
                Long.parseLong(parts[2]),
                Long.parseLong(parts[3]),
                Long.parseLong(parts[4]));
    }

    private static Optional<String> text(JsonNode node, String name) {
        return Optional.ofNullable(node.get(name)).map(JsonNode::asText);
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            // why not the cause: it quotes what is stored
            throw new IllegalStateException("a stored record is not JSON");
        }
    }
}
