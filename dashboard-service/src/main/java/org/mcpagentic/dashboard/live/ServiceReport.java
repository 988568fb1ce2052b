package org.mcpagentic.dashboard.live;

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
public record ServiceReport(String service, boolean reachable, Optional<Double> age, Optional<ServiceStats> stats) {}
