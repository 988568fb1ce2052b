package org.mcpagentic.models.listing;

import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.mcpagentic.models.catalogue.Catalogue;

/** The models that a task or a question may name; the same in every service that asks models. */
@Path("/model")
@Tag(name = "models")
public class ModelResource {

    private final Catalogue catalogue;

    ModelResource(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @NonBlocking
    @Operation(operationId = "listModels", summary = "Lists the models, in order of name")
    @APIResponse(
            responseCode = "200",
            description = "the models",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = ModelDocument.ModelList.class)))
    public ModelDocument.ModelList list() {
        return new ModelDocument.ModelList(
                catalogue.descriptions().stream().map(ModelDocument::of).toList());
    }
}
