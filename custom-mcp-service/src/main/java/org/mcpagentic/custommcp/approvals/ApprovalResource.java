package org.mcpagentic.custommcp.approvals;

import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.validation.Valid;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.mcpagentic.edge.access.Caller;
import org.mcpagentic.edge.idempotency.IdempotencyKey;
import org.mcpagentic.edge.idempotency.RequestFingerprint;
import org.mcpagentic.edge.problem.ProblemCode;
import org.mcpagentic.edge.problem.ProblemException;
import org.mcpagentic.store.Approval;
import org.mcpagentic.store.ApprovalId;
import org.mcpagentic.store.ApprovalStatus;

/** Calls of tools that wait for a person: listed, read, decided on. */
@Path("/approval")
@Tag(name = "approvals")
@Produces(MediaType.APPLICATION_JSON)
public class ApprovalResource {

    private final ApprovalService service;

    ApprovalResource(ApprovalService service) {
        this.service = service;
    }

    @GET
    @Operation(operationId = "listApprovals", summary = "Lists the tenant's requests for approval, newest first")
    @APIResponseSchema(value = ApprovalList.class, responseDescription = "a page of approvals")
    public Uni<ApprovalList> list(
            @Context RoutingContext routing,
            @Parameter(schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "200", defaultValue = "50"))
                    @QueryParam("limit")
                    @DefaultValue("50")
                    String limit,
            @Parameter(description = "next_cursor of the page before") @QueryParam("cursor") Optional<String> cursor,
            @Parameter(description = "only approvals in this status") @QueryParam("status") Optional<String> status) {
        return service.list(
                        Caller.of(routing),
                        status.map(ApprovalResource::status),
                        ApprovalList.position(cursor),
                        ApprovalList.limit(limit))
                .map(ApprovalList::of);
    }

    @GET
    @Path("/{id}")
    @Operation(operationId = "getApproval", summary = "Returns a request for approval")
    @APIResponse(
            responseCode = "200",
            description = "the approval",
            headers = @Header(name = "ETag", description = "its revision, for If-Match"),
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = ApprovalDocument.class)))
    public Uni<RestResponse<ApprovalDocument>> get(@Context RoutingContext routing, @PathParam("id") String id) {
        return service.read(Caller.of(routing), approvalId(id)).map(ApprovalResource::answer);
    }

    @POST
    @Path("/{id}/decision")
    @Operation(
            operationId = "decideApproval",
            summary = "Lets a call be made, as it was asked for or with other arguments, or not")
    @APIResponse(
            responseCode = "200",
            description = "the approval as it is now, also where the same was decided before",
            headers = @Header(name = "ETag", description = "its revision"),
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = ApprovalDocument.class)))
    @Parameter(
            in = ParameterIn.HEADER,
            name = "If-Match",
            description = "the ETag of the approval that was shown; other arguments need it",
            schema = @Schema(implementation = String.class))
    @Parameter(
            in = ParameterIn.HEADER,
            name = "Idempotency-Key",
            description = "1 to 128 printable ASCII characters; the same request again is not a second decision",
            schema = @Schema(implementation = String.class, minLength = 1, maxLength = 128))
    @APIResponse(
            responseCode = "409",
            description = "approval_decided: it was decided otherwise, has expired or was withdrawn")
    @APIResponse(
            responseCode = "412",
            description = "precondition_failed: it has another revision or other arguments than the request names")
    @APIResponse(responseCode = "428", description = "precondition_required: other arguments come without If-Match")
    public Uni<RestResponse<ApprovalDocument>> decide(
            @Context RoutingContext routing, @PathParam("id") String id, @Valid DecisionRequest request) {
        OptionalLong shown = revision(routing);
        String nonce = IdempotencyKey.of(routing.request())
                .map(key -> RequestFingerprint.of(routing).value() + " " + key.value())
                .orElseGet(() -> UUID.randomUUID().toString());
        return service.decide(Caller.of(routing), approvalId(id), request.decision(shown), shown, nonce)
                .map(ApprovalResource::answer);
    }

    private static RestResponse<ApprovalDocument> answer(Approval approval) {
        return RestResponse.ResponseBuilder.ok(ApprovalDocument.of(approval))
                .header(HttpHeaders.ETAG, "\"" + approval.revision() + "\"")
                .build();
    }

    /** The revision that the request is about, where it names one. */
    private static OptionalLong revision(RoutingContext routing) {
        List<String> values = routing.request().headers().getAll(HttpHeaders.IF_MATCH);
        if (values.isEmpty()) {
            return OptionalLong.empty();
        }
        if (values.size() > 1 || !values.getFirst().matches("\"[1-9][0-9]{0,8}\"")) {
            throw new ProblemException(
                    ProblemCode.BAD_HEADER, "the header If-Match must be the one ETag of an approval, such as \"1\"");
        }
        String value = values.getFirst();
        return OptionalLong.of(Long.parseLong(value.substring(1, value.length() - 1)));
    }

    /** The id in a path; what has not the form of one does not exist. */
    private static ApprovalId approvalId(String id) {
        if (!ApprovalId.looksLike(id)) {
            throw ProblemException.notFound("approval");
        }
        return new ApprovalId(id);
    }

    private static ApprovalStatus status(String name) {
        try {
            return ApprovalStatus.ofWireName(name);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(ProblemCode.BAD_PARAMETER, "the parameter status is not the name of a status");
        }
    }
}
