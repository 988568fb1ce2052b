package org.mcpagentic.edge.access;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.mcpagentic.edge.forwarded.Network;
import org.mcpagentic.edge.forwarded.TrustedProxies;

/**
 * Finds out how requests left their clients. {@code X-Forwarded-For}, {@code -Proto}, {@code -Host} and {@code -Prefix} count where
 * {@code edge.trusted-proxies} names who sent them, and are nothing else.
 */
@ApplicationScoped
public class Arrivals {

    private static final String SETTING = "edge.trusted-proxies";

    /** As {@code edge.public-url} takes them. */
    private static final Pattern PREFIX = Pattern.compile("(?:/[A-Za-z0-9._~-]{1,128}){1,8}");

    private final TrustedProxies proxies;

    Arrivals(
            EdgeConfig config,
            @ConfigProperty(name = "quarkus.http.proxy.proxy-address-forwarding", defaultValue = "false")
                    boolean believesAnybody) {
        if (believesAnybody) {
            // why: it takes the first address of X-Forwarded-For, which the client itself may have written
            throw new IllegalStateException("quarkus.http.proxy.proxy-address-forwarding is not used here: name your"
                    + " proxies in " + SETTING + " instead");
        }
        List<Network> networks = new ArrayList<>();
        for (String text : config.trustedProxies().orElse(List.of())) {
            try {
                networks.add(Network.of(text.strip()));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(SETTING + " has \"" + text + "\": " + e.getMessage(), e);
            }
        }
        this.proxies = new TrustedProxies(networks);
    }

    /** How a request came; asks nobody, and does not fail. */
    public Arrival of(HttpServerRequest request) {
        Optional<InetAddress> peer = peer(request);
        Optional<String> host = Optional.ofNullable(request.getHeader(HttpHeaders.HOST));
        Optional<TrustedProxies.Way> told = peer.map(sender -> proxies.way(sender, headers(request, "X-Forwarded-For")))
                .filter(way -> way.proxies() > 0);
        if (told.isEmpty()) {
            return new Arrival(peer, request.isSSL(), host, "");
        }
        TrustedProxies.Way way = told.get();
        return new Arrival(
                Optional.of(way.client()),
                way.said(headers(request, "X-Forwarded-Proto"))
                        .flatMap(Arrivals::isEncrypted)
                        .orElseGet(request::isSSL),
                way.said(headers(request, "X-Forwarded-Host")).or(() -> host),
                way.said(headers(request, "X-Forwarded-Prefix"))
                        .flatMap(Arrivals::prefix)
                        .orElse(""));
    }

    private static List<String> headers(HttpServerRequest request, String name) {
        return request.headers().getAll(name);
    }

    private static Optional<InetAddress> peer(HttpServerRequest request) {
        return Optional.ofNullable(request.remoteAddress())
                .map(SocketAddress::hostAddress)
                .flatMap(Network::address);
    }

    private static Optional<Boolean> isEncrypted(String protocol) {
        if (protocol.equalsIgnoreCase("https")) {
            return Optional.of(true);
        }
        return protocol.equalsIgnoreCase("http") ? Optional.of(false) : Optional.empty();
    }

    /** A prefix as it can stand in a link; what could be read as anything else is none. */
    private static Optional<String> prefix(String text) {
        String folder = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        return Optional.of(folder)
                .filter(path -> PREFIX.matcher(path).matches())
                .filter(path -> !(path + "/").contains("/./") && !(path + "/").contains("/../"));
    }
}
