package org.mcpagentic.publicmcp.ask;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.validation.Valid;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.mcpagentic.edge.access.Caller;
import org.mcpagentic.edge.access.Metering;
import org.mcpagentic.edge.idempotency.IdempotencyKey;
import org.mcpagentic.edge.idempotency.RequestFingerprint;
import org.mcpagentic.edge.sse.EventStreams;
import org.mcpagentic.edge.sse.ServerSentEvent;
import org.mcpagentic.store.Idempotency;

/** Direct questions, answered at once. */
@Path("/ask")
@Tag(name = "questions")
public class AskResource {

    private static final String REPLAYED = "Idempotency-Replayed";

    private final AskService service;
    private final EventStreams streams;

    AskResource(AskService service, EventStreams streams) {
        this.service = service;
        this.streams = streams;
    }

    @POST
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "ask",
            summary = "Answers a question, or sends the answer as it comes where the client accepts text/event-stream")
    @APIResponse(
            responseCode = "200",
            description =
                    "the response; as a stream: events delta with its text as it comes, then response with the whole,"
                            + " or error with a problem",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(implementation = ResponseDocument.class)),
                @Content(mediaType = MediaType.SERVER_SENT_EVENTS, schema = @Schema(implementation = String.class))
            })
    @APIResponse(responseCode = "409", description = "idempotency_in_flight")
    @APIResponse(responseCode = "502", description = "model_failed, model_key_refused, model_unusable")
    @Parameter(
            in = ParameterIn.HEADER,
            name = "Idempotency-Key",
            description = "1 to 128 printable ASCII characters; a repeat within 24 hours returns the first response",
            schema = @Schema(implementation = String.class, minLength = 1, maxLength = 128))
    public Uni<RestResponse<ResponseDocument>> ask(@Context RoutingContext routing, @Valid AskRequest request) {
        return asked(routing, request)
                .chain(asked -> {
                    Metering.charged(routing, asked.allowance());
                    return asked.parts().collect().last();
                })
                .map(AskResource::response);
    }

    @POST
    @Produces(MediaType.SERVER_SENT_EVENTS + ";qs=0.5")
    @Operation(hidden = true)
    public Uni<Void> stream(@Context RoutingContext routing, @Valid AskRequest request) {
        return asked(routing, request).chain(asked -> {
            Metering.charged(routing, asked.allowance());
            if (asked.replayed()) {
                routing.response().putHeader(REPLAYED, "true");
            }
            return streams.send(routing, asked.parts().map(AskResource::event));
        });
    }

    private Uni<AskService.Asked> asked(RoutingContext routing, AskRequest request) {
        Caller caller = Caller.of(routing);
        return service.ask(caller, caller.bounds(), idempotency(routing), request.model(), request.query());
    }

    private static Optional<Idempotency> idempotency(RoutingContext routing) {
        return IdempotencyKey.of(routing.request())
                .map(key -> new Idempotency(
                        "POST /ask " + key.value(),
                        RequestFingerprint.of(routing).value()));
    }

    private static RestResponse<ResponseDocument> response(AskService.Part part) {
        return switch (part) {
            case AskService.Part.Whole whole -> {
                RestResponse.ResponseBuilder<ResponseDocument> response =
                        RestResponse.ResponseBuilder.ok(ResponseDocument.of(whole.response()));
                if (whole.replayed()) {
                    response.header(REPLAYED, "true");
                }
                yield response.build();
            }
            case AskService.Part.Text text -> throw new IllegalStateException("a model ended without a turn");
        };
    }

    private static ServerSentEvent event(AskService.Part part) {
        return switch (part) {
            case AskService.Part.Text(String text) -> ServerSentEvent.passing("delta", new DeltaData(text));
            case AskService.Part.Whole whole ->
                ServerSentEvent.passing("response", ResponseDocument.of(whole.response()));
        };
    }

    /** What {@code delta} events carry. */
    @RegisterForReflection
    public record DeltaData(String text) {}
}
