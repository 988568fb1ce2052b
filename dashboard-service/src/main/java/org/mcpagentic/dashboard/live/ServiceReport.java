package org.mcpagentic.dashboard.live;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Optional;
import org.mcpagentic.dashboard.upstream.ServiceStats;

/**
 * What the page is told of one service: the data of an event {@code stats}.
 *
 * @param service {@code custom-mcp} or {@code public-mcp}
 * @param reachable whether the figures are live
 * @param age seconds since the figures were received, 0 or more; absent without figures
 * @param stats the latest figures known; absent before the first
 */
@RegisterForReflection
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record ServiceReport(String service, boolean reachable, Optional<Double> age, Optional<ServiceStats> stats) {}
