package org.mcpagentic.conformance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Consumer;
import org.mcpagentic.edge.access.Caller;
import org.mcpagentic.mcp.InputRequest;
import org.mcpagentic.mcp.McpError;
import org.mcpagentic.mcp.content.CallResult;
import org.mcpagentic.mcp.task.TaskDesk;
import org.mcpagentic.mcp.task.TaskHead;
import org.mcpagentic.mcp.task.TaskView;
import org.mcpagentic.store.MemoryEntry;
import org.mcpagentic.store.MemoryKey;
import org.mcpagentic.store.MemoryStore;
import org.mcpagentic.store.NewMemory;
import org.mcpagentic.store.redis.Shards;

/**
 * The suite's tasks. Nothing runs: what was begun is remembered in Redis, and how far it is follows from the clock, so that any
 * replica can say it. They stand in for the service's own tasks.
 */
@Alternative
@Priority(1)
@ApplicationScoped
class SuiteTasks implements TaskDesk {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIFE = Duration.ofMinutes(5);
    private static final Duration POLL = Duration.ofMillis(100);

    private final MemoryStore memory;
    private final InstantSource clock = Clock.systemUTC();

    SuiteTasks(MemoryStore memory) {
        this.memory = memory;
    }

    /** What a task does. */
    enum Kind {
        COMPUTING,
        FAILING,
        BROKEN,
        CONFIRMING,
        ASKING_TWICE
    }

    /** Begins one; it is kept before it is answered. */
    Uni<TaskView> begin(Caller caller, Kind kind, Duration duration, String label) {
        String id = "suite-" + Shards.random();
        Instant now = clock.instant();
        ObjectNode task = JSON.createObjectNode()
                .put("owner", caller.owner().value())
                .put("kind", kind.name())
                .put("begun", now.toString())
                .put("ends", now.plus(duration).toString())
                .put("label", label)
                .put("cancelled", false);
        task.putObject("inputs");
        return keep(caller, id, task).map(kept -> view(id, task));
    }

    @Override
    public Uni<Optional<TaskView>> get(Caller caller, String id) {
        return find(caller, id).map(found -> found.map(task -> view(id, task)));
    }

    @Override
    public Uni<Boolean> update(Caller caller, String id, Map<String, ObjectNode> inputs) {
        return change(
                caller,
                id,
                task -> questions(task)
                        .keySet()
                        .forEach(name -> Optional.ofNullable(inputs.get(name))
                                .ifPresent(answer -> task.withObject("/inputs").set(name, answer))));
    }

    @Override
    public Uni<Boolean> cancel(Caller caller, String id) {
        return change(caller, id, task -> {
            if (!view(id, task).isTerminal()) {
                task.put("cancelled", true);
            }
        });
    }

    @Override
    public Multi<TaskView> follow(Caller caller, String id) {
        return Multi.createBy()
                .repeating()
                .uni(() -> get(caller, id))
                .withDelay(POLL)
                .whilst(found -> found.filter(task -> !task.isTerminal()).isPresent())
                .select()
                .where(Optional::isPresent)
                .map(found -> found.orElseThrow())
                .skip()
                .repetitions();
    }

    private Uni<Boolean> change(Caller caller, String id, Consumer<ObjectNode> change) {
        return find(caller, id).chain(found -> {
            if (found.isEmpty()) {
                return Uni.createFrom().item(false);
            }
            change.accept(found.get());
            return keep(caller, id, found.get()).replaceWith(true);
        });
    }

    private Uni<Optional<ObjectNode>> find(Caller caller, String id) {
        if (!id.matches("suite-[a-z0-9]{26}")) {
            return Uni.createFrom().item(Optional.empty());
        }
        return memory.get(caller.tenant(), new MemoryKey(id))
                .map(entry -> entry.map(SuiteTasks::read)
                        .filter(task -> task.path("owner")
                                .asText()
                                .equals(caller.owner().value())));
    }

    private Uni<Void> keep(Caller caller, String id, ObjectNode task) {
        return memory.put(caller.tenant(), new NewMemory(new MemoryKey(id), task.toString(), Optional.of(LIFE)))
                .replaceWithVoid();
    }

    private TaskView view(String id, ObjectNode task) {
        Instant begun = Instant.parse(task.path("begun").asText());
        Instant ends = Instant.parse(task.path("ends").asText());
        TaskHead head = new TaskHead(id, begun, begun, Optional.of(LIFE), POLL, Optional.empty());
        if (task.path("cancelled").asBoolean()) {
            return new TaskView.Cancelled(head);
        }
        if (clock.instant().isBefore(ends)) {
            return new TaskView.Working(head);
        }
        SequencedMap<String, InputRequest> questions = questions(task);
        if (!questions.isEmpty()) {
            return new TaskView.InputRequired(head, questions);
        }
        String label = task.path("label").asText();
        return switch (Kind.valueOf(task.path("kind").asText())) {
            case COMPUTING -> new TaskView.Completed(head, CallResult.text("computed: " + label));
            case FAILING -> new TaskView.Completed(head, CallResult.error("the job failed, as it always does"));
            case BROKEN ->
                new TaskView.Failed(
                        head, new McpError(McpError.INTERNAL, "the job broke, as it always does", Optional.empty()));
            case CONFIRMING, ASKING_TWICE ->
                new TaskView.Completed(head, CallResult.text("answered: " + label + " " + task.path("inputs")));
        };
    }

    /** Those that are not answered yet. */
    private static SequencedMap<String, InputRequest> questions(ObjectNode task) {
        SequencedMap<String, InputRequest> questions = new LinkedHashMap<>();
        switch (Kind.valueOf(task.path("kind").asText())) {
            case CONFIRMING -> questions.put("confirm", form("Delete it?", "confirm", "boolean"));
            case ASKING_TWICE -> {
                questions.put("first", form("What is your name?", "name", "string"));
                questions.put("second", form("What is your other name?", "name", "string"));
            }
            case COMPUTING, FAILING, BROKEN -> {
                // why nothing: these ask for nothing
            }
        }
        questions.keySet().removeIf(name -> task.path("inputs").has(name));
        return questions;
    }

    private static InputRequest form(String message, String field, String type) {
        return new InputRequest.Form(message, InputTools.form(field, type));
    }

    private static ObjectNode read(MemoryEntry entry) {
        try {
            return (ObjectNode) JSON.readTree(entry.value());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was kept here is JSON", e);
        }
    }
}
