package org.mcpagentic.edge.openapi;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import io.quarkus.smallrye.openapi.OpenApiFilter.RunStage;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.headers.Header;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;
import org.mcpagentic.edge.problem.Problem;
import org.mcpagentic.edge.problem.ProblemCode;

/**
 * Adds to every operation what the gate and the store do to every request: the header {@code Session-Id}, and the
 * problems that can come of it. Problems that are an operation's own are said by its annotations, by status alone.
 */
@OpenApiFilter(stages = RunStage.BUILD, priority = 1)
public class WireOperations implements OASFilter {

    private static final String SESSION = "SessionId";
    private static final String PROBLEM = "#/components/schemas/Problem";

    private static final ProblemCode[] ALWAYS = {
        ProblemCode.BAD_HEADER,
        ProblemCode.UNAUTHENTICATED,
        ProblemCode.INSUFFICIENT_SCOPE,
        ProblemCode.RATE_LIMITED,
        ProblemCode.BAD_ORIGIN,
        ProblemCode.NOT_ACCEPTABLE,
        ProblemCode.INTERNAL,
        ProblemCode.STORE_UNAVAILABLE
    };
    private static final ProblemCode[] WITH_BODY = {
        ProblemCode.TOO_LARGE, ProblemCode.UNSUPPORTED_MEDIA_TYPE, ProblemCode.INVALID
    };

    @Override
    public void filterOpenAPI(OpenAPI document) {
        document.getComponents().addParameter(SESSION, session());
        if (document.getPaths() != null && document.getPaths().getPathItems() != null) {
            document.getPaths()
                    .getPathItems()
                    .forEach((path, item) -> item.getOperations()
                            .values()
                            .forEach(operation -> describe(operation, path.contains("{"))));
        }
    }

    private static Parameter session() {
        return OASFactory.createParameter()
                .name("Session-Id")
                .in(Parameter.In.HEADER)
                .description("the session that the work belongs to; without it, it is derived from the caller and its"
                        + " User-Agent")
                .schema(text().pattern("[A-Za-z0-9_-]{8,64}"));
    }

    private static void describe(Operation operation, boolean ofOne) {
        operation.addParameter(OASFactory.createParameter().ref(SESSION));
        Map<String, APIResponse> responses =
                new TreeMap<>(operation.getResponses().getAPIResponses());
        add(responses, ALWAYS);
        if (ofOne) {
            add(responses, ProblemCode.NOT_FOUND);
        }
        if (operation.getRequestBody() != null) {
            add(responses, WITH_BODY);
        }
        responses.forEach((status, response) -> {
            if (status.compareTo("400") >= 0) {
                complete(response, Integer.parseInt(status));
            }
        });
        APIResponses all = OASFactory.createAPIResponses();
        all.setAPIResponses(responses);
        operation.setResponses(all);
    }

    private static void add(Map<String, APIResponse> responses, ProblemCode... codes) {
        for (ProblemCode code : codes) {
            responses.computeIfAbsent(
                    Integer.toString(code.status()),
                    status -> OASFactory.createAPIResponse().description(code.title()));
        }
    }

    private static void complete(APIResponse response, int status) {
        Schema problem = OASFactory.createSchema().ref(PROBLEM);
        Content content = OASFactory.createContent();
        content.addMediaType(Problem.MEDIA_TYPE, OASFactory.createMediaType().schema(problem));
        response.setContent(content);
        if (status == ProblemCode.RATE_LIMITED.status() || status == ProblemCode.STORE_UNAVAILABLE.status()) {
            Header retry = OASFactory.createHeader()
                    .description("seconds")
                    .schema(OASFactory.createSchema().type(List.of(SchemaType.INTEGER)));
            response.addHeader("Retry-After", retry);
        }
    }

    private static Schema text() {
        return OASFactory.createSchema().type(List.of(SchemaType.STRING));
    }
}
