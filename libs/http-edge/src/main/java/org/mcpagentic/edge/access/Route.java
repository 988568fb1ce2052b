package org.mcpagentic.edge.access;

import io.vertx.core.http.HttpMethod;
import java.util.regex.Pattern;
import org.mcpagentic.access.Scope;
import org.mcpagentic.edge.headers.ResponsePolicy;

/**
 * One method on one path that the service answers. GET stands for HEAD too.
 *
 * @param pathTemplate a path such as {@code /task/{id}}, where {@code {id}} is any one segment; a last segment
 *     {@code *} is one or more segments of any name. A path with a slash at its end is another path
 * @param access who may use it
 * @param policy the headers of its answers
 * @param anyHost whether the {@code Host} header is not checked: for probes, which come with the pod's address
 * @param chargedByWrite whether what serves it hands the caller's rate to the store, with a write that is made anyway; the gate
 *     charges the others
 */
public record Route(
        HttpMethod method,
        String pathTemplate,
        Access access,
        ResponsePolicy policy,
        boolean anyHost,
        boolean chargedByWrite) {

    private static final Pattern TEMPLATE =
            Pattern.compile("/|(/([A-Za-z0-9._~-]+|\\{[a-z_]+}))+(/\\*|/|/\\{[a-z_]+:\\.\\+})?|/\\*");

    public Route {
        if (!TEMPLATE.matcher(pathTemplate).matches()) {
            throw new IllegalArgumentException("not a path template: " + pathTemplate);
        }
    }

    /** A route for anyone. */
    public static Route open(HttpMethod method, String pathTemplate) {
        return of(method, pathTemplate, new Access.Open());
    }

    /** A route for authenticated callers, whatever their scopes. */
    public static Route known(HttpMethod method, String pathTemplate) {
        return of(method, pathTemplate, new Access.Known());
    }

    /** A route for callers that hold a scope. */
    public static Route holding(Scope scope, HttpMethod method, String pathTemplate) {
        return of(method, pathTemplate, new Access.Holder(scope));
    }

    private static Route of(HttpMethod method, String pathTemplate, Access access) {
        return new Route(method, pathTemplate, access, ResponsePolicy.DATA, false, false);
    }

    /** The same route, whose answers carry other headers: a page, an asset. */
    public Route with(ResponsePolicy policy) {
        return new Route(method, pathTemplate, access, policy, anyHost, chargedByWrite);
    }

    /** The same route, whatever the {@code Host} header says. */
    public Route onAnyHost() {
        return new Route(method, pathTemplate, access, policy, true, chargedByWrite);
    }

    /** The same route, whose rate is charged by the write that serves it. */
    public Route withChargedWrite() {
        return new Route(method, pathTemplate, access, policy, anyHost, true);
    }

    @Override
    public String toString() {
        return method.name() + " " + pathTemplate;
    }
}
