package org.mcpagentic.dashboard.upstream;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A task as the page's form sends it. What is missing or wrong in it is left for custom-mcp-service to say, which
 * alone knows its bounds and tools.
 *
 * @param input what is to be done
 * @param tools names of the tools that may be used
 * @param model name of the model to ask; the service's own choice where there is none
 * @param priority {@code high}, {@code normal} or {@code low}
 * @param labels free key and value pairs
 */
@RegisterForReflection
public record TaskRequest(
        @Nullable String input,
        @Nullable List<String> tools,
        @Nullable String model,
        @Nullable String priority,
        @Nullable Map<String, String> labels) {}
