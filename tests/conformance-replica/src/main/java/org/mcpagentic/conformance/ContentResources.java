package org.mcpagentic.conformance;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mcpagentic.edge.access.Caller;
import org.mcpagentic.mcp.Page;
import org.mcpagentic.mcp.content.ResourceContents;
import org.mcpagentic.mcp.resource.ResourceDefinition;
import org.mcpagentic.mcp.resource.ResourceOutcome;
import org.mcpagentic.mcp.resource.ResourceRequest;
import org.mcpagentic.mcp.resource.ResourceSource;
import org.mcpagentic.mcp.resource.ResourceTemplate;
import org.mcpagentic.mcp.resource.ResourceUpdate;

/** Resources of the suite's. */
@ApplicationScoped
class ContentResources implements ResourceSource {

    private static final String TEXT = "test://static-text";
    private static final String BINARY = "test://static-binary";
    private static final String WATCHED = "test://watched-resource";
    private static final Pattern TEMPLATE = Pattern.compile("test://template/([A-Za-z0-9]{1,64})/data");

    @Override
    public Uni<Page<ResourceDefinition>> resources(Caller caller, Optional<String> after, int limit) {
        return Uni.createFrom()
                .item(Page.last(List.of(
                        definition(TEXT, "text/plain"),
                        definition(BINARY, "image/png"),
                        definition(WATCHED, "text/plain"))));
    }

    @Override
    public Uni<List<ResourceTemplate>> templates(Caller caller) {
        return Uni.createFrom()
                .item(List.of(new ResourceTemplate(
                        "test://template/{id}/data",
                        "template",
                        Optional.of("A template"),
                        Optional.of("Data by its id."),
                        Optional.of("application/json"),
                        List.of())));
    }

    @Override
    public Uni<ResourceOutcome> read(ResourceRequest request) {
        String uri = request.uri();
        Matcher template = TEMPLATE.matcher(uri);
        if (template.matches()) {
            String id = template.group(1);
            return holding(new ResourceContents.Text(
                    uri,
                    Optional.of("application/json"),
                    "{\"id\":\"" + id + "\",\"templateTest\":true,\"data\":\"Data for ID: " + id + "\"}"));
        }
        return switch (uri) {
            case TEXT -> holding(text(uri, "This is the content of the static text resource."));
            case WATCHED -> holding(text(uri, "Something that is watched."));
            case BINARY -> holding(new ResourceContents.Blob(uri, Optional.of("image/png"), Samples.PNG));
            default -> Uni.createFrom().item(new ResourceOutcome.Unknown());
        };
    }

    @Override
    public Multi<ResourceUpdate> updates(Caller caller, String uri) {
        return uri.equals(WATCHED)
                ? Multi.createFrom()
                        .ticks()
                        .every(Duration.ofSeconds(1))
                        .onOverflow()
                        .drop()
                        .map(tick -> new ResourceUpdate(uri))
                : Multi.createFrom().nothing();
    }

    private static Uni<ResourceOutcome> holding(ResourceContents contents) {
        return Uni.createFrom().item(new ResourceOutcome.Contents(List.of(contents)));
    }

    private static ResourceContents text(String uri, String text) {
        return new ResourceContents.Text(uri, Optional.of("text/plain"), text);
    }

    private static ResourceDefinition definition(String uri, String mimeType) {
        return new ResourceDefinition(
                uri,
                uri.substring("test://".length()),
                Optional.empty(),
                Optional.of("A resource of the conformance suite's."),
                Optional.of(mimeType),
                OptionalLong.empty(),
                List.of());
    }
}
