package org.mcpagentic.edge.access;

import io.vertx.core.http.HttpMethod;
import java.util.regex.Pattern;
import org.mcpagentic.edge.headers.ResponsePolicy;

/**
 * One method on one path that the service answers. GET stands for HEAD too.
 *
 * @param pathTemplate a path such as {@code /task/{id}}, where {@code {id}} is any one segment; a last segment
 *     {@code *} is one or more segments of any name. A path with a slash at its end is another path
 * @param access who may use it
 * @param policy the headers of its answers
 * @param anyHost whether the {@code Host} header is not checked: for probes, which come with the pod's address
 */
public record Route(HttpMethod method, String pathTemplate, Access access, ResponsePolicy policy, boolean anyHost) {

    private static final Pattern TEMPLATE = Pattern.compile("/|(/([A-Za-z0-9._~-]+|\\{[a-z_]+}))+(/\\*|/)?|/\\*");

    public Route {
        if (!TEMPLATE.matcher(pathTemplate).matches()) {
            throw new IllegalArgumentException("not a path template: " + pathTemplate);
        }
    }

    /** A route for anyone. */
    public static Route open(HttpMethod method, String pathTemplate) {
        return new Route(method, pathTemplate, Access.OPEN, ResponsePolicy.DATA, false);
    }

    /** A route for authenticated callers. */
    public static Route caller(HttpMethod method, String pathTemplate) {
        return new Route(method, pathTemplate, Access.CALLER, ResponsePolicy.DATA, false);
    }

    /** The same route, whose answers carry other headers: a page, an asset. */
    public Route with(ResponsePolicy policy) {
        return new Route(method, pathTemplate, access, policy, anyHost);
    }

    /** The same route, whatever the {@code Host} header says. */
    public Route onAnyHost() {
        return new Route(method, pathTemplate, access, policy, true);
    }

    @Override
    public String toString() {
        return method.name() + " " + pathTemplate;
    }
}
