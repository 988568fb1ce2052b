package org.mcpagentic.edge.access;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.mcpagentic.edge.problem.ProblemCode;
import org.mcpagentic.edge.problem.ProblemException;

/** What a request's head must say before anything else of it is looked at. */
@ApplicationScoped
class RequestChecks {

    private static final Pattern JSON = Pattern.compile(
            "application/json[ \\t]*(?:;[ \\t]*charset[ \\t]*=[ \\t]*(?:utf-8|\"utf-8\")[ \\t]*)?",
            Pattern.CASE_INSENSITIVE);

    private final List<HostHeader> allowedHosts;
    private final Set<String> allowedOrigins;

    private final Arrivals arrivals;

    RequestChecks(EdgeConfig config, Arrivals arrivals) {
        this.arrivals = arrivals;
        allowedHosts = config.allowedHosts().stream().map(HostHeader::parse).toList();
        allowedOrigins = Set.copyOf(config.allowedOrigins().orElse(List.of()));
    }

    /** The target's path; refuses every form of target but a path, and the same host's absolute form. */
    static String path(HttpServerRequest request) {
        String target = request.uri();
        if (target.startsWith("/")) {
            return request.path();
        }
        String absolute = "http://" + request.getHeader(HttpHeaders.HOST) + "/";
        if (target.regionMatches(true, 0, absolute, 0, absolute.length())) {
            return request.path();
        }
        throw new ProblemException(ProblemCode.BAD_HOST, "the request target must be a path on the host of Host");
    }

    /** Refuses a missing, doubled, malformed or foreign host: what a rebound DNS name would send. A trusted proxy's word goes before it. */
    HostHeader host(HttpServerRequest request, boolean anyHost) {
        List<String> values = request.headers().getAll(HttpHeaders.HOST);
        if (values.size() != 1) {
            throw new ProblemException(ProblemCode.BAD_HOST, "a request must have exactly one Host header");
        }
        try {
            HostHeader host = HostHeader.parse(arrivals.of(request).host().orElse(""));
            if (anyHost || host.isIn(allowedHosts)) {
                return host;
            }
        } catch (IllegalArgumentException e) {
            throw new ProblemException(
                    ProblemCode.BAD_HOST, "the host that was asked for is not a host with an optional port");
        }
        throw new ProblemException(ProblemCode.BAD_HOST, "this host is not served here; see edge.allowed-hosts");
    }

    /** Refuses what another site's page sent. */
    void origin(HttpServerRequest request, HostHeader host) {
        List<String> origins = request.headers().getAll(HttpHeaders.ORIGIN);
        boolean foreign = origins.size() > 1 || (origins.size() == 1 && !isAllowed(origins.getFirst(), request, host));
        boolean safe =
                request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
        boolean crossSite = !safe && "cross-site".equals(request.getHeader("Sec-Fetch-Site")) && origins.isEmpty();
        if (foreign || crossSite) {
            throw new ProblemException(ProblemCode.BAD_ORIGIN, "pages of that origin may not call this service");
        }
    }

    /** Whether it is the host's own origin, or a configured one; {@code null} and prefixes of either are not. */
    private boolean isAllowed(String origin, HttpServerRequest request, HostHeader host) {
        String lower = origin.toLowerCase(Locale.ROOT);
        // why both schemes: behind an ingress that ends TLS and is not trusted, the request's own scheme says nothing
        // about the page's
        return lower.equals("https://" + host)
                || (!arrivals.of(request).encrypted() && lower.equals("http://" + host))
                || allowedOrigins.contains(origin);
    }

    /** Refuses a body that is not plain JSON in UTF-8; what it takes is named the same way to all layers below. */
    static void mediaType(HttpServerRequest request) {
        List<String> types = request.headers().getAll(HttpHeaders.CONTENT_TYPE);
        String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        if (types.size() != 1
                || !JSON.matcher(types.getFirst().strip()).matches()
                || (encoding != null && !encoding.equalsIgnoreCase("identity"))) {
            throw new ProblemException(
                    ProblemCode.UNSUPPORTED_MEDIA_TYPE, "a body must be application/json in UTF-8, not compressed");
        }
        request.headers().set(HttpHeaders.CONTENT_TYPE, "application/json");
    }
}
