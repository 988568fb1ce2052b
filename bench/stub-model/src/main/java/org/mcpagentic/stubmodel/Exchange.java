package org.mcpagentic.stubmodel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.mcpagentic.stubmodel.Refusal.Cause;

/** One request and what is done with it. Runs on the event loop of its connection. */
final class Exchange {
    /** Google's limit on a request. */
    private static final int LARGEST_BODY = 20 * 1024 * 1024;

    private final ModelService service;
    private final HttpServerRequest request;
    private final RecordedRequest recorded;
    private final Delivery delivery;
    private final Buffer body = Buffer.buffer();
    private boolean tooLarge;

    Exchange(ModelService service, HttpServerRequest request, RecordedRequest recorded, Delivery delivery) {
        this.service = service;
        this.request = request;
        this.recorded = recorded;
        this.delivery = delivery;
    }

    void begin() {
        request.response().closeHandler(closed -> delivery.closed());
        request.handler(this::take);
        request.endHandler(end -> answer(Route.of(request)));
    }

    private void take(Buffer part) {
        tooLarge = tooLarge || body.length() + part.length() > LARGEST_BODY;
        if (!tooLarge) {
            body.appendBuffer(part);
        }
    }

    private void answer(Route route) {
        Wire wire = service.wire(route.provider());
        Optional<Refusal> keyRefusal = service.keyRefusal(wire.key(recorded));
        if (keyRefusal.isPresent()) {
            refuse(wire, keyRefusal.get(), "");
            return;
        }
        switch (route) {
            case Route.Models models -> send(200, wire.models(service.models()));
            case Route.Generation generation -> generate(wire, generation.target());
            case Route.Unknown unknown ->
                delivery.send(404, "text/plain; charset=utf-8", Map.of(), Buffer.buffer("Not Found"), Duration.ZERO);
        }
    }

    private void generate(Wire wire, Wire.Target target) {
        String model = target.model();
        try {
            ObjectNode json = json();
            recorded.read(json);
            ModelRequest read = wire.read(target, json);
            model = read.model();
            ModelRequest understood = service.admit(read, recorded);
            reply(wire, target, json, understood, service.reply(understood));
        } catch (RefusedRequest e) {
            refuse(wire, e.refusal(), model);
        }
    }

    private ObjectNode json() {
        if (tooLarge) {
            throw RefusedRequest.badRequest("Request payload size exceeds the limit: " + LARGEST_BODY + " bytes.");
        }
        String type =
                Optional.ofNullable(recorded.headers().get("content-type")).orElse("");
        if (!type.startsWith("application/json")) {
            throw RefusedRequest.badRequest("Invalid content type: application/json is expected.");
        }
        try {
            if (Json.read(body.getBytes()) instanceof ObjectNode object) {
                return object;
            }
        } catch (IOException e) {
            throw RefusedRequest.badRequest("Invalid JSON payload received. It could not be parsed.");
        }
        throw RefusedRequest.badRequest("Invalid JSON payload received. An object is expected.");
    }

    private void reply(Wire wire, Wire.Target target, ObjectNode json, ModelRequest asked, Reply reply) {
        switch (reply) {
            case Answer answer -> answer(wire.render(answer, asked, target, json), answer);
            case Refusal refusal -> refuse(wire, refusal, asked.model());
            case Canned canned ->
                delivery.send(
                        canned.status(),
                        canned.contentType(),
                        canned.headers(),
                        Buffer.buffer(canned.body()),
                        Duration.ZERO);
            case Silence silence -> {}
            case PerAttempt attempts -> reply(wire, target, json, asked, attempts.reply(asked.attempt()));
        }
    }

    private void answer(Wire.Rendered rendered, Answer answer) {
        switch (rendered) {
            case Wire.Rendered.Failed failed ->
                error(failed.error(), answer.pace().first());
            case Wire.Rendered.Whole whole -> delivery.whole(Json.bytes(whole.body()), answer, whole.chunks());
            case Wire.Rendered.Streamed streamed -> delivery.stream(streamed.stream(), answer);
        }
    }

    private void refuse(Wire wire, Refusal refusal, String model) {
        if (refusal.retryDelay().isPositive()
                && (refusal.cause() == Cause.RATE_LIMITED || refusal.cause() == Cause.DAILY_QUOTA)) {
            service.tell(recorded, refusal);
        }
        error(wire.error(refusal, model), refusal.after());
    }

    private void error(ErrorReply error, Duration wait) {
        delivery.send(
                error.status(), "application/json; charset=UTF-8", error.headers(), Json.bytes(error.body()), wait);
    }

    private void send(int status, JsonNode json) {
        error(new ErrorReply(status, Map.of(), json), Duration.ZERO);
    }
}
