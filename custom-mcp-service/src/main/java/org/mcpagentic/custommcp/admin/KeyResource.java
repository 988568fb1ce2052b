package org.mcpagentic.custommcp.admin;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import jakarta.validation.Valid;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestResponse;
import org.mcpagentic.access.Principal;
import org.mcpagentic.edge.access.Caller;
import org.mcpagentic.edge.problem.ProblemCode;
import org.mcpagentic.edge.problem.ProblemException;

/** API keys: made, listed, changed, given another secret, revoked. */
@Path("/admin/key")
@Tag(name = "admin")
@Produces(MediaType.APPLICATION_JSON)
public class KeyResource {

    private final KeyService service;
    private final ObjectMapper json;

    KeyResource(KeyService service, ObjectMapper json) {
        this.service = service;
        this.json = json;
    }

    @POST
    @ResponseStatus(201)
    @Operation(
            operationId = "createKey",
            summary = "Creates an API key and shows its token, once",
            description =
                    "There is no Idempotency-Key here: a token is shown to nobody twice. Where the answer was lost,"
                            + " revoke the key and create another.")
    @APIResponse(
            responseCode = "201",
            description = "the key with its token",
            headers = @Header(name = "Location", description = "where the key is read"),
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = KeyDocument.class)))
    @APIResponse(responseCode = "404", description = "not_found: there is no such tenant")
    public Uni<RestResponse<KeyDocument>> create(@Context RoutingContext routing, @Valid KeyRequest request) {
        return service.create(caller(routing), request)
                .map(KeyDocument::of)
                .map(key -> RestResponse.ResponseBuilder.create(RestResponse.Status.CREATED, key)
                        .header(HttpHeaders.LOCATION, "key/" + key.keyId())
                        .build());
    }

    @GET
    @Operation(
            operationId = "listKeys",
            summary = "Lists a tenant's API keys, newest first, with those that have ended")
    @APIResponseSchema(value = KeyList.class, responseDescription = "a page of keys")
    @APIResponse(responseCode = "400", description = "bad_parameter")
    @APIResponse(responseCode = "404", description = "not_found: there is no such tenant")
    public Uni<KeyList> list(
            @Context RoutingContext routing,
            @Parameter(description = "another one than the caller's own needs the scope platform") @QueryParam("tenant")
                    Optional<String> tenant,
            @Parameter(schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "200", defaultValue = "50"))
                    @QueryParam("limit")
                    @DefaultValue("50")
                    String limit,
            @Parameter(description = "next_cursor of the page before") @QueryParam("cursor") Optional<String> cursor) {
        return service.list(caller(routing), tenant, PageParameters.of(cursor, limit))
                .map(KeyList::of);
    }

    @GET
    @Path("/{key}")
    @Operation(operationId = "getKey", summary = "Returns an API key, without its secret")
    @APIResponseSchema(value = KeyDocument.class, responseDescription = "the key")
    public Uni<KeyDocument> get(@Context RoutingContext routing, @PathParam("key") String key) {
        return service.find(caller(routing), key).map(KeyDocument::of);
    }

    @PATCH
    @Path("/{key}")
    @Operation(operationId = "changeKey", summary = "Changes an API key's name, scopes, limits or end")
    @APIResponseSchema(value = KeyDocument.class, responseDescription = "the key as it is now")
    @APIResponse(responseCode = "409", description = "illegal_transition: the key is revoked")
    public Uni<KeyDocument> change(
            @Context RoutingContext routing, @PathParam("key") String key, @Valid KeyPatch patch) {
        return service.change(caller(routing), key, patch).map(KeyDocument::of);
    }

    @POST
    @Path("/{key}/rotate")
    @Operation(operationId = "rotateKey", summary = "Gives an API key another secret and shows its token, once")
    @RequestBody(
            required = false,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = RotationRequest.class)))
    @APIResponseSchema(value = KeyDocument.class, responseDescription = "the key with its new token")
    @APIResponse(responseCode = "409", description = "illegal_transition: the key is revoked")
    public Uni<KeyDocument> rotate(@Context RoutingContext routing, @PathParam("key") String key) throws IOException {
        return service.rotate(caller(routing), key, rotation(routing)).map(KeyDocument::of);
    }

    private RotationRequest rotation(RoutingContext routing) throws IOException {
        Buffer body = routing.body().buffer();
        if (body == null || body.length() == 0) {
            return RotationRequest.AT_ONCE;
        }
        RotationRequest request = json.readValue(body.getBytes(), RotationRequest.class);
        if (request == null) {
            throw new ProblemException(ProblemCode.WRONG_TYPE, "the body must be an object, or there must be none");
        }
        return request;
    }

    @DELETE
    @Path("/{key}")
    @ResponseStatus(204)
    @Operation(operationId = "revokeKey", summary = "Ends an API key for good; it stays in the list")
    @APIResponse(responseCode = "204", description = "it is revoked")
    public Uni<Void> revoke(@Context RoutingContext routing, @PathParam("key") String key) {
        return service.revoke(caller(routing), key);
    }

    private static Principal caller(RoutingContext routing) {
        return Caller.of(routing).principal();
    }
}
