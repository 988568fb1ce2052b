package org.mcpagentic.edge.problem;

import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import jakarta.annotation.Priority;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/**
 * Answer whatever a resource method, or the machinery around it, throws. There is one for everything, and one for each
 * type that Quarkus brings a more specific mapper of its own for.
 */
final class ProblemMappers {

    private ProblemMappers() {}

    private static Response response(Throwable failure) {
        Problems.Answer answer = Problems.answer(failure);
        Response.ResponseBuilder response = Response.status(answer.document().status())
                .type(Problem.MEDIA_TYPE)
                .entity(answer.document());
        answer.retryAfterSeconds().ifPresent(seconds -> {
            response.header(HttpHeaders.RETRY_AFTER, seconds);
            if (answer.document().code() == ProblemCode.RATE_LIMITED) {
                // why here too: what a write refused, the gate in front of it does not see
                response.header("RateLimit", "\"minute\";r=0;t=" + seconds);
            }
        });
        return response.build();
    }

    /** Answers all that no other mapper does. */
    @Provider
    public static class OfAnything implements ExceptionMapper<Throwable> {

        @Override
        public Response toResponse(Throwable failure) {
            return response(failure);
        }
    }

    /** Answers what JAX-RS refuses; answers that are no refusals pass. */
    @Provider
    public static class OfJaxRs implements ExceptionMapper<WebApplicationException> {

        private final UriInfo uri;

        OfJaxRs(UriInfo uri) {
            this.uri = uri;
        }

        @Override
        public Response toResponse(WebApplicationException failure) {
            if (failure.getResponse().getStatus() < 400) {
                return failure.getResponse();
            }
            // why: to JAX-RS a query parameter that cannot be read makes a resource that does not exist
            boolean parameter = failure instanceof NotFoundException
                    && failure.getCause() != null
                    && !uri.getQueryParameters().isEmpty();
            return response(
                    parameter
                            ? new ProblemException(
                                    ProblemCode.BAD_PARAMETER, "a query parameter is not of the type that it must be")
                            : failure);
        }
    }

    /** Answers JSON of other types than a body's fields have. */
    @Provider
    @Priority(Priorities.USER - 1)
    public static class OfMismatchedJson implements ExceptionMapper<MismatchedInputException> {

        @Override
        public Response toResponse(MismatchedInputException failure) {
            return response(failure);
        }
    }

    /** Answers values that violate a constraint. */
    @Provider
    @Priority(Priorities.USER - 1)
    public static class OfViolations implements ExceptionMapper<ConstraintViolationException> {

        @Override
        public Response toResponse(ConstraintViolationException failure) {
            return response(failure);
        }
    }
}
