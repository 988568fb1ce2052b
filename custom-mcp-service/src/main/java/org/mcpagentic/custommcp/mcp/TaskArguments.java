package org.mcpagentic.custommcp.mcp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Validator;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import org.mcpagentic.custommcp.tasks.TaskRequest;
import org.mcpagentic.edge.problem.ProblemException;
import org.mcpagentic.store.Idempotency;
import org.mcpagentic.store.TaskId;

/** Reads what tools about tasks are called with; what is wrong is told in the words of the REST interface. */
@ApplicationScoped
class TaskArguments {

    private static final String KEY = "idempotency_key";
    private static final String WAIT = "wait";

    private final ObjectMapper json;
    private final Validator validator;

    TaskArguments(ObjectMapper json, Validator validator) {
        this.json = json;
        this.validator = validator;
    }

    /** What task is wanted; fails where its values are not allowed. */
    TaskRequest request(ObjectNode arguments) {
        ObjectNode task = arguments.deepCopy();
        task.remove(KEY);
        task.remove(WAIT);
        TaskRequest request;
        try {
            request = json.treeToValue(task, TaskRequest.class);
        } catch (JsonProcessingException e) {
            throw ProblemException.invalid("arguments", "do not fit the tool's schema");
        }
        Set<ConstraintViolation<TaskRequest>> violations = validator.validate(request);
        if (!violations.isEmpty()) {
            throw new ConstraintViolationException(violations);
        }
        return request;
    }

    /** What the attempt is named by, where it is: the same tool with the same arguments is the same attempt. */
    Optional<Idempotency> idempotency(String tool, ObjectNode arguments) {
        return Optional.ofNullable(arguments.get(KEY))
                .map(key -> new Idempotency("mcp " + tool + " " + key.asText(), digest(arguments.toString())));
    }

    /** Which task is meant; fails where it cannot be one. */
    static TaskId task(ObjectNode arguments) {
        String id = arguments.path("task_id").asText();
        if (!TaskId.looksLike(id)) {
            throw ProblemException.notFound("task");
        }
        return new TaskId(id);
    }

    private static String digest(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
