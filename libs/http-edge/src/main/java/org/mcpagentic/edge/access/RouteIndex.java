package org.mcpagentic.edge.access;

import io.vertx.core.http.HttpMethod;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds the routes of a path. A path that has other than plain characters has none, however it is decoded. */
final class RouteIndex {

    /**
     * Paths that every layer below reads alike: no percent-encoding, no empty segments, no path parameters, no
     * backslashes. Ids and asset names need no more.
     */
    private static final Pattern PLAIN = Pattern.compile("/|(?:/[A-Za-z0-9._~:@+,=!-]++)++");

    private record Template(List<String> segments, Route route) {

        boolean matches(List<String> path) {
            boolean open = isRest(segments.getLast());
            if (open ? path.size() < segments.size() : path.size() != segments.size()) {
                return false;
            }
            int compared = open ? segments.size() - 1 : segments.size();
            for (int i = 0; i < compared; i++) {
                if (!segments.get(i).startsWith("{") && !segments.get(i).equals(path.get(i))) {
                    return false;
                }
            }
            return true;
        }
    }

    private final Map<String, List<Route>> literals;
    private final List<Template> templates = new ArrayList<>();

    RouteIndex(List<Route> routes) {
        Set<String> seen = new LinkedHashSet<>();
        for (Route route : routes) {
            if (!seen.add(route.toString())) {
                throw new IllegalStateException("the route table has this route twice: " + route);
            }
            if (!isLiteral(route)) {
                templates.add(new Template(segments(route.pathTemplate()), route));
            }
        }
        literals = routes.stream().filter(RouteIndex::isLiteral).collect(Collectors.groupingBy(Route::pathTemplate));
    }

    /** The routes of a path, one for each method; a path that is named in full goes before a template. */
    List<Route> of(String path) {
        List<Route> named = literals.get(path);
        if (named != null) {
            return named;
        }
        if (path.length() > 1_024 || !PLAIN.matcher(path).matches()) {
            return List.of();
        }
        List<String> segments = segments(path);
        if (segments.contains(".") || segments.contains("..")) {
            return List.of();
        }
        return templates.stream()
                .filter(template -> template.matches(segments))
                .map(Template::route)
                .toList();
    }

    /** The route for a method among the routes of a path; HEAD is served where GET is. */
    static Optional<Route> forMethod(List<Route> routes, HttpMethod method) {
        HttpMethod served = method.equals(HttpMethod.HEAD) ? HttpMethod.GET : method;
        return routes.stream().filter(route -> route.method().equals(served)).findFirst();
    }

    /** The value of {@code Allow} for the routes of a path. */
    static String allow(List<Route> routes) {
        Set<String> methods = new LinkedHashSet<>();
        for (Route route : routes) {
            methods.add(route.method().name());
            if (route.method().equals(HttpMethod.GET)) {
                methods.add(HttpMethod.HEAD.name());
            }
        }
        methods.add(HttpMethod.OPTIONS.name());
        return String.join(", ", methods);
    }

    private static boolean isLiteral(Route route) {
        return route.pathTemplate().indexOf('{') < 0 && !route.pathTemplate().endsWith("*");
    }

    /** Whether a template's last segment stands for one or more: as JAX-RS writes it, or in short. */
    private static boolean isRest(String segment) {
        return segment.equals("*") || segment.endsWith(":.+}");
    }

    private static List<String> segments(String path) {
        return List.of(path.substring(1).split("/", -1));
    }
}
