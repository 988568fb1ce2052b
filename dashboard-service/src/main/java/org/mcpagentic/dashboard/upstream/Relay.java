package org.mcpagentic.dashboard.upstream;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mcpagentic.edge.problem.Problem;
import org.mcpagentic.edge.problem.ProblemException;

/** Passes a service's answer on to the browser, or says that there is none. */
public final class Relay {
    /** Bytes of the largest problem document that is passed on. */
    static final int MAX_PROBLEM = 64 * 1024;

    private static final MediaType PROBLEM = MediaType.valueOf(Problem.MEDIA_TYPE);
    private static final List<String> PASSED_HEADERS = List.of(HttpHeaders.RETRY_AFTER, "Idempotency-Replayed");

    private Relay() {}

    /**
     * The answer with its status and body; an error only as a problem document of bounded size. Fails with the
     * problem {@code upstream_unavailable} without an answer, with {@code upstream_unusable} for any other.
     *
     * @param service whose answer it is, as people know it
     */
    public static Uni<Response> passOn(String service, Uni<Response> answer) {
        return answer.map(response -> passOn(service, response))
                .onFailure(failure -> !(failure instanceof ProblemException))
                .transform(failure -> Outage.unreachable(service, failure));
    }

    private static Response passOn(String service, Response answer) {
        byte @Nullable [] body = answer.readEntity(byte[].class);
        MediaType type = answer.getMediaType();
        if (!isUsable(answer.getStatus(), type, body == null ? 0 : body.length)) {
            throw Outage.unusable(service, answer.getStatus());
        }
        Response.ResponseBuilder passed = Response.status(answer.getStatus());
        if (body != null) {
            passed.entity(body).type(type);
        }
        for (String header : PASSED_HEADERS) {
            String value = answer.getHeaderString(header);
            if (value != null) {
                passed.header(header, value);
            }
        }
        return passed.build();
    }

    private static boolean isUsable(int status, @Nullable MediaType type, int length) {
        if (status >= 400) {
            return type != null && PROBLEM.isCompatible(type) && length <= MAX_PROBLEM;
        }
        return status < 300 && (length == 0 || (type != null && MediaType.APPLICATION_JSON_TYPE.isCompatible(type)));
    }
}
