package org.mcpagentic.chaos.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.mcpagentic.chaos.history.History;
import org.mcpagentic.chaos.history.Observation;
import org.mcpagentic.chaos.load.Api.Answer;
import org.mcpagentic.chaos.plan.Life;

/** Lives one {@link Life}: repeats what was not answered, at any replica, until it is, and notes what it sees. */
public final class Client implements Runnable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> FINAL = Set.of("succeeded", "failed", "cancelled");
    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final int MOST_PAUSE_MILLIS = 500;

    private final Api api;
    private final History history;
    private final InstantSource clock;
    private final Life life;
    private final String name;
    private final Random random;
    private final List<Thread> followers = new ArrayList<>();

    public Client(Api api, History history, InstantSource clock, Life life) {
        this.api = api;
        this.history = history;
        this.clock = clock;
        this.life = life;
        this.name = life.script().label();
        this.random = new Random(life.seed());
    }

    @Override
    public void run() {
        try {
            String task = create();
            follow(task);
            JsonNode end = toItsEnd(task, true);
            if (life.retry() != Life.Retry.NONE) {
                Optional<String> again = retry(task, end);
                if (again.isPresent()) {
                    follow(again.get());
                    toItsEnd(again.get(), false);
                }
            }
            for (Thread follower : followers) {
                follower.join();
            }
        } catch (InterruptedException e) {
            followers.forEach(Thread::interrupt);
            Thread.currentThread().interrupt();
        }
    }

    /** Creates the task, and where the life says so by two requests at once. */
    public String create() throws InterruptedException {
        ObjectNode body = JSON.createObjectNode().put("input", life.script().input());
        body.putArray("tools").add("ledger_append").add("ledger_put");
        String key = "chaos-" + name;
        if (life.twice()) {
            int first = random.nextInt(api.replicas());
            int second = (first + 1) % api.replicas();
            Thread twin = Thread.ofVirtual().start(() -> {
                try {
                    accepted(second, "/task", key, body.toString(), Optional.empty());
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            accepted(first, "/task", key, body.toString(), Optional.empty());
            twin.join();
        }
        return untilAccepted("/task", key, body.toString(), Optional.empty());
    }

    private String untilAccepted(String path, String key, String body, Optional<String> original)
            throws InterruptedException {
        while (true) {
            Optional<String> task = accepted(random.nextInt(api.replicas()), path, key, body, original);
            if (task.isPresent()) {
                return task.get();
            }
            pause();
        }
    }

    private Optional<String> accepted(int replica, String path, String key, String body, Optional<String> original)
            throws InterruptedException {
        Optional<Answer> answer = ask(replica, path, Map.of("Idempotency-Key", key), body);
        if (answer.isEmpty() || !answer.get().isGood()) {
            return Optional.empty();
        }
        String task = answer.get().body().path("task_id").asText();
        history.add(new Observation.Accepted(
                clock.instant(), name, task, key, original, answer.get().replayed()));
        return Optional.of(task);
    }

    private void follow(String task) {
        if (life.follow()) {
            followers.add(Thread.ofVirtual().start(new Follower(api, history, clock, random.nextLong(), name, task)));
        }
    }

    /** Runs the task, cancels it where the life says so, resolves what waits, and returns it as it ended. */
    public JsonNode toItsEnd(String task, boolean first) throws InterruptedException {
        Instant created = clock.instant();
        boolean run = !first;
        boolean cancelled = false;
        while (true) {
            if (first
                    && !cancelled
                    && life.cancel().isPresent()
                    && clock.instant().isAfter(created.plus(life.cancel().get()))) {
                cancelled = post(task, "cancel", "").isPresent();
            }
            if (life.run() && !run) {
                run = post(task, "run", "").isPresent();
            }
            Optional<JsonNode> seen = look(task);
            if (seen.isPresent()) {
                String status = seen.get().path("status").asText();
                if (FINAL.contains(status)) {
                    return seen.get();
                }
                if (status.equals("waiting")) {
                    resolve(seen.get());
                }
            }
            Thread.sleep(PAUSE);
        }
    }

    /** Reads the task once; empty where that was not answered. */
    public Optional<JsonNode> look(String task) throws InterruptedException {
        return asked(random.nextInt(api.replicas()), "/task/" + task).map(this::noted);
    }

    private Optional<JsonNode> post(String task, String what, String body) throws InterruptedException {
        String path = "/task/" + task + "/" + what;
        Map<String, String> headers = what.equals("run") ? Map.of("Prefer", "respond-async") : Map.of();
        Optional<Answer> answer = ask(random.nextInt(api.replicas()), path, headers, body);
        answer.filter(Answer::isGood).ifPresent(good -> noted(good.body()));
        // why also a refusal: run is refused where it was cancelled before, and that will not change
        return answer.map(Answer::body);
    }

    private void resolve(JsonNode task) throws InterruptedException {
        String id = task.path("task_id").asText();
        for (JsonNode step : task.path("steps")) {
            if (step.path("kind").asText().equals("tool")
                    && step.path("status").asText().equals("unknown")) {
                resolve(id, step.path("step").asInt());
                return;
            }
        }
        history.add(new Observation.Refused(
                clock.instant(), name, id, "waits, and no step of it does", 0, "nothing_to_resolve"));
        post(id, "cancel", "");
    }

    private void resolve(String task, int step) throws InterruptedException {
        ObjectNode body = JSON.createObjectNode();
        switch (life.resolution()) {
            case REPEAT -> body.put("action", "repeat");
            case SKIP -> body.put("action", "skip");
            case RESULT -> body.put("action", "result").put("result", "as " + name + " knows");
        }
        history.add(new Observation.Resolving(
                clock.instant(), name, task, step, body.path("action").asText()));
        post(task, "step/" + step + "/resolve", body.toString());
    }

    private Optional<String> retry(String task, JsonNode end) throws InterruptedException {
        ObjectNode body = JSON.createObjectNode();
        int steps = end.path("steps").size();
        if (life.retry() == Life.Retry.FROM_STEP && steps > 0) {
            body.put(
                    "from_step",
                    end.path("steps").get(random.nextInt(steps)).path("step").asInt());
        }
        String path = "/task/" + task + "/retry";
        Map<String, String> headers = Map.of("Idempotency-Key", "again-" + name);
        while (true) {
            Optional<Answer> answer = ask(random.nextInt(api.replicas()), path, headers, body.toString());
            if (answer.isPresent() && answer.get().isGood()) {
                String again = answer.get().body().path("task_id").asText();
                history.add(new Observation.Accepted(
                        clock.instant(),
                        name,
                        again,
                        "again-" + name,
                        Optional.of(task),
                        answer.get().replayed()));
                return Optional.of(again);
            }
            if (answer.isPresent() && !passes(answer.get())) {
                return Optional.empty();
            }
            pause();
        }
    }

    private Optional<JsonNode> asked(int replica, String path) throws InterruptedException {
        try {
            return judged(replica, "GET " + path, api.get(replica, path)).map(Answer::body);
        } catch (IOException e) {
            return unanswered(replica, "GET " + path, e);
        }
    }

    private Optional<Answer> ask(int replica, String path, Map<String, String> headers, String body)
            throws InterruptedException {
        try {
            Answer answer = api.post(replica, path, headers, body);
            judged(replica, "POST " + path, answer);
            return passes(answer) ? Optional.empty() : Optional.of(answer);
        } catch (IOException e) {
            return unanswered(replica, "POST " + path, e);
        }
    }

    /** The answer where it is good; notes it where it is not. */
    private Optional<Answer> judged(int replica, String request, Answer answer) {
        if (answer.isGood()) {
            return Optional.of(answer);
        }
        history.add(
                passes(answer)
                        ? new Observation.Unanswered(
                                clock.instant(), name, request, replica, answer.status() + " " + answer.code())
                        : new Observation.Refused(
                                clock.instant(), name, task(request), request, answer.status(), answer.code()));
        return Optional.empty();
    }

    /** Whether it is worth asking again. */
    private static boolean passes(Answer answer) {
        return answer.status() == 503 || answer.code().equals("idempotency_in_flight");
    }

    private static String task(String request) {
        String[] parts = request.split("/", -1);
        return parts.length > 2 ? parts[2] : "";
    }

    private <T> Optional<T> unanswered(int replica, String request, IOException reason) {
        history.add(new Observation.Unanswered(
                clock.instant(), name, request, replica, String.valueOf(reason.getMessage())));
        return Optional.empty();
    }

    private JsonNode noted(JsonNode task) {
        history.add(new Observation.Seen(
                clock.instant(),
                name,
                task.path("task_id").asText(),
                task.path("status").asText(),
                task.path("attempt").asInt(),
                task.has("result") ? Optional.of(task.path("result").asText()) : Optional.empty(),
                finishedSteps(task)));
        return task;
    }

    /** What a task shows of each of its finished steps. */
    public static Map<Integer, String> finishedSteps(JsonNode task) {
        Map<Integer, String> finished = new HashMap<>();
        for (JsonNode step : task.path("steps")) {
            if (step.has("finished_at")) {
                finished.put(step.path("step").asInt(), step.toString());
            }
        }
        return finished;
    }

    private void pause() throws InterruptedException {
        Thread.sleep(Duration.ofMillis(50 + random.nextInt(MOST_PAUSE_MILLIS)));
    }
}
