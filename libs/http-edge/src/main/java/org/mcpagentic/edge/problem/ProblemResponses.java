package org.mcpagentic.edge.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.mcpagentic.edge.headers.ResponsePolicy;

/** Answers failures that happen outside of resource methods, on the Vert.x router. */
@ApplicationScoped
public class ProblemResponses {

    private final ObjectMapper json;

    ProblemResponses(ObjectMapper json) {
        this.json = json;
    }

    void install(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE).failureHandler(this::onFailure);
        // why these too: some failures never reach a failure handler
        for (int status : new int[] {400, 404, 405, 406, 413, 414, 415, 431, 500}) {
            router.errorHandler(status, this::onFailure);
        }
    }

    /** Ends the request with the problem of a failure; ends the connection when an answer was begun already. */
    public void send(RoutingContext routing, Throwable failure) {
        Problems.Answer answer = Problems.answer(failure);
        HttpServerResponse response = routing.response();
        if (response.ended() || response.closed()) {
            return;
        }
        if (response.headWritten()) {
            response.reset();
            return;
        }
        if (!response.headers().contains("Content-Security-Policy")) {
            // why: what fails ahead of the gate has no headers yet
            ResponsePolicy.DATA.applyTo(response);
        }
        response.setStatusCode(answer.document().status()).putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE);
        answer.retryAfterSeconds()
                .ifPresent(seconds -> response.putHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds)));
        response.end(write(answer.document()));
    }

    /** The document as JSON text. */
    public String write(Problem document) {
        try {
            return json.writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a problem document is always writable", e);
        }
    }

    private void onFailure(RoutingContext routing) {
        Throwable failure = routing.failure();
        if (failure instanceof ProblemException || (routing.statusCode() >= 500 && failure != null)) {
            send(routing, failure);
        } else if (routing.request().authority() == null) {
            // why here: the router itself refuses such a request, ahead of the gate
            send(routing, new ProblemException(ProblemCode.BAD_HOST, "the Host header is missing or malformed"));
        } else {
            send(
                    routing,
                    Problems.ofStatus(routing.statusCode())
                            .map(Throwable.class::cast)
                            .orElseGet(
                                    () -> new IllegalStateException("the router failed with " + routing.statusCode())));
        }
    }
}
