package org.mcpagentic.mcp.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.mcpagentic.access.Scope;
import org.mcpagentic.edge.problem.ProblemException;
import org.mcpagentic.edge.problem.Problems;
import org.mcpagentic.mcp.InsufficientScope;
import org.mcpagentic.mcp.McpError;
import org.mcpagentic.mcp.dispatch.Era;
import org.mcpagentic.mcp.dispatch.MissingCapability;
import org.mcpagentic.mcp.dispatch.UnknownResource;
import org.mcpagentic.store.StoreException;

/**
 * How a failure is told.
 *
 * @param status of HTTP, where nothing was sent yet
 * @param missing the scope that the caller lacks
 */
record Refusal(int status, McpError error, Optional<Scope> missing) {

    /** Headers and body of a request disagree (2026-07-28). */
    static final int HEADER_MISMATCH = -32020;

    /** It takes a capability that the client did not declare (2026-07-28). */
    static final int MISSING_CAPABILITY = -32021;

    /** The revision is not served (2026-07-28). */
    static final int UNSUPPORTED_VERSION = -32022;

    /** There is no such resource (before 2026-07-28). */
    private static final int RESOURCE_NOT_FOUND = -32002;

    private static final Logger LOG = Logger.getLogger(Refusal.class);

    /** What was wrong with the request before anything was done for it. */
    static Refusal badRequest(McpError error) {
        return new Refusal(error.code() == McpError.METHOD_NOT_FOUND ? 404 : 400, error, Optional.empty());
    }

    static Refusal unknownMethod() {
        return badRequest(new McpError(McpError.METHOD_NOT_FOUND, "there is no such method", Optional.empty()));
    }

    /** Of whatever a handler failed with; what nobody expected is written down once, without what was in the request. */
    static Refusal of(Throwable failure, Era era, String method) {
        return switch (failure) {
            // why here too: which headers a tool wants is known once it is found
            case McpError error when error.code() == HEADER_MISMATCH -> badRequest(error);
            case McpError error -> answered(error);
            case InsufficientScope scope ->
                new Refusal(
                        403,
                        new McpError(
                                McpError.INVALID_REQUEST,
                                "this needs the scope " + scope.needed() + ", which the caller does not have",
                                Optional.empty()),
                        Optional.of(scope.needed()));
            case UnknownResource unknown ->
                answered(new McpError(
                        era == Era.MODERN ? McpError.INVALID_PARAMS : RESOURCE_NOT_FOUND,
                        "there is no such resource",
                        Optional.of(object().put("uri", unknown.uri()))));
            case MissingCapability missing -> missing(missing, era);
            case StoreException store -> ofStore(store, method);
            case ProblemException problem -> answered(explained(problem));
            default -> unforeseen(failure, method);
        };
    }

    private static Refusal ofStore(StoreException store, String method) {
        return switch (store.code()) {
            case STORE_UNAVAILABLE, STORE_FULL -> {
                LOG.debugf("request failed method=%s code=%s", method, store.code());
                yield answered(internal("the store cannot be asked right now; try again"));
            }
            case TASK_NOT_FOUND,
                    RESPONSE_NOT_FOUND,
                    TASK_PURGED,
                    STEP_SETTLED,
                    APPROVAL_NOT_FOUND,
                    APPROVAL_CHANGED,
                    APPROVAL_DECIDED,
                    ILLEGAL_TRANSITION,
                    IDEMPOTENCY_MISMATCH,
                    IDEMPOTENCY_IN_FLIGHT,
                    GUARD_REFUSED -> answered(explained(store));
            case STALE_CLAIM, JOURNAL_FULL, MEMORY_FULL -> unforeseen(store, method);
        };
    }

    /** In the words of the REST interface, with its code, and after how many seconds trying again makes sense. */
    private static McpError explained(Throwable failure) {
        Problems.Answer answer = Problems.answer(failure);
        ObjectNode data = object().put("code", answer.document().code().wireName());
        answer.retryAfterSeconds().ifPresent(seconds -> data.put("retryAfterSeconds", seconds));
        return new McpError(McpError.INVALID_PARAMS, answer.document().detail(), Optional.of(data));
    }

    private static Refusal unforeseen(Throwable failure, String method) {
        LOG.errorf(failure, "request failed method=%s", method);
        return answered(internal("the server failed; its log says why"));
    }

    private static Refusal missing(MissingCapability missing, Era era) {
        ObjectNode data = object();
        data.set("requiredCapabilities", missing.needed());
        String text = "this takes capabilities that the client did not declare";
        return switch (era) {
            case MODERN ->
                new Refusal(400, new McpError(MISSING_CAPABILITY, text, Optional.of(data)), Optional.empty());
            case LEGACY -> answered(new McpError(McpError.INVALID_REQUEST, text, Optional.of(data)));
        };
    }

    /** An error that is an answer like any other to HTTP. */
    private static Refusal answered(McpError error) {
        return new Refusal(200, error, Optional.empty());
    }

    private static McpError internal(String text) {
        return new McpError(McpError.INTERNAL, text, Optional.empty());
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
