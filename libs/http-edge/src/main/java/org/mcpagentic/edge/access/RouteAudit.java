package org.mcpagentic.edge.access;

import io.quarkus.resteasy.reactive.server.runtime.ResteasyReactiveRecorder;
import io.vertx.core.http.HttpMethod;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.server.core.Deployment;
import org.jboss.resteasy.reactive.server.mapping.RuntimeResource;
import org.jboss.resteasy.reactive.server.util.RuntimeResourceVisitor;

/**
 * Compares a service's route table with the resource methods that it really has. A service's tests assert that neither
 * knows more than the other.
 *
 * @param unlisted resource methods that the table does not name, and that nobody can reach therefore
 * @param unserved routes of the table that no resource method answers; only those that something else answers belong
 *     there
 */
public record RouteAudit(Set<String> unlisted, Set<String> unserved) {

    public RouteAudit {
        unlisted = Set.copyOf(unlisted);
        unserved = Set.copyOf(unserved);
    }

    /** Audits the application that runs in this process. Routes are written as {@code GET /task/{id}}. */
    public static RouteAudit of(RouteTable table) {
        Set<String> listed = table.routes().stream().map(Route::toString).collect(Collectors.toSet());
        Set<String> served = served(ResteasyReactiveRecorder.getCurrentDeployment());
        return new RouteAudit(without(served, listed), without(listed, served));
    }

    private static Set<String> without(Set<String> all, Set<String> some) {
        Set<String> rest = new TreeSet<>(all);
        rest.removeAll(some);
        return rest;
    }

    private static Set<String> served(Deployment deployment) {
        Set<String> served = new TreeSet<>();
        RuntimeResourceVisitor.visitRuntimeResources("", deployment.getClassMappers(), new RuntimeResourceVisitor() {
            @Override
            public void visitRuntimeResource(String method, String fullPath, RuntimeResource resource) {
                served.add(HttpMethod.valueOf(method) + " " + fullPath);
            }
        });
        return served;
    }
}
