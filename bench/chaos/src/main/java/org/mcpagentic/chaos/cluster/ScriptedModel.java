package org.mcpagentic.chaos.cluster;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.mcpagentic.chaos.history.ModelCall;
import org.mcpagentic.chaos.plan.TaskScript;
import org.mcpagentic.chaos.plan.Turn;
import org.mcpagentic.stubmodel.Call;
import org.mcpagentic.stubmodel.ModelRequest;
import org.mcpagentic.stubmodel.RecordedRequest;
import org.mcpagentic.stubmodel.Reply;
import org.mcpagentic.stubmodel.StubModel;

/** The model of a run: it does what the task's input says, and knows which replica asked, by its key. */
public final class ScriptedModel implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String KEY = "replica-";
    private static final int KEPT = 200_000;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final StubModel stub = StubModel.builder().keepingRequests(KEPT).build();

    private ScriptedModel() {
        stub.answering(ScriptedModel::reply);
    }

    static ScriptedModel start() {
        return new ScriptedModel();
    }

    URI base() {
        return stub.openAiBase();
    }

    /** The key that a replica asks with. */
    static String key(int replica) {
        return KEY + replica;
    }

    /** All calls so far, in the order in which they came. */
    public List<ModelCall> calls() {
        return stub.requests().stream()
                .flatMap(request -> call(request).stream())
                .toList();
    }

    /** The calls for one task's script. */
    public List<ModelCall> calls(String label) {
        return calls().stream().filter(call -> call.label().equals(label)).toList();
    }

    private static Optional<ModelCall> call(RecordedRequest recorded) {
        Optional<ModelRequest> request = recorded.understood();
        return request.flatMap(asked -> TaskScript.parse(asked.input())
                .map(script -> new ModelCall(
                        script.label(),
                        asked.turn(),
                        replica(recorded),
                        recorded.receivedAt(),
                        recorded.status(),
                        recorded.connectionClosedByClient())));
    }

    private static int replica(RecordedRequest recorded) {
        String authorization = recorded.headers().getOrDefault("authorization", "");
        return Integer.parseInt(authorization.substring(authorization.lastIndexOf('-') + 1));
    }

    private static Reply reply(ModelRequest request) {
        Optional<TaskScript> script = TaskScript.parse(request.input());
        if (script.isEmpty()) {
            return Reply.badRequest("not a task of this run");
        }
        Turn turn = script.get().turn(request.turn());
        if (request.attempt() <= turn.refusals()) {
            return request.attempt() % 2 == 1 ? Reply.overloaded() : Reply.rateLimited(RETRY_AFTER);
        }
        Duration thinking = request.attempt() == turn.refusals() + 1 ? turn.thinking() : turn.rethinking();
        String said = script.get().label() + " turn " + request.turn() + " try " + request.attempt();
        String entry = script.get().label() + "." + request.turn();
        return switch (turn.kind()) {
            case ANSWER -> Reply.text(said).firstTokenAfter(thinking);
            case FAIL -> Reply.badRequest("this one fails");
            case APPEND ->
                Reply.calls(call("ledger_append", entry, turn)).text(said).firstTokenAfter(thinking);
            case PUT -> Reply.calls(call("ledger_put", entry, turn)).text(said).firstTokenAfter(thinking);
        };
    }

    private static Call call(String tool, String entry, Turn turn) {
        return Call.of(
                tool,
                JSON.createObjectNode()
                        .put("entry", entry)
                        .put("milliseconds", turn.working().toMillis()));
    }

    @Override
    public void close() {
        stub.close();
    }
}
