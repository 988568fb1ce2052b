package org.mcpagentic.chaos.load;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;

/** What the replicas offer, by their own OpenAPI document. What is not offered is not tried. */
public record Features(boolean retry, boolean resolve) {

    public static Features of(Api api) throws IOException, InterruptedException {
        JsonNode paths = api.get(0, "/q/openapi?format=json").body().path("paths");
        return new Features(
                offers(paths, "/task/\\{\\w+}/retry"), offers(paths, "/task/\\{\\w+}/step/\\{\\w+}/resolve"));
    }

    private static boolean offers(JsonNode paths, String path) {
        return paths.properties().stream().anyMatch(offered -> offered.getKey().matches(path));
    }
}
