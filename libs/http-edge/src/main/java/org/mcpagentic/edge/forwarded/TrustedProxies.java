package org.mcpagentic.edge.forwarded;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The proxies whose word is taken. Whoever passes a request on adds to the right of what it was told, so that lists are read
 * from there, and only as far as each one who added was trusted: what is further left anybody may have written.
 *
 * @param networks where they are; of nobody else is anything believed
 */
public record TrustedProxies(List<Network> networks) {

    /** How many proxies in a row are believed at most. */
    static final int MOST_PROXIES = 16;

    private static final Pattern WITH_PORT =
            Pattern.compile("\\[([^\\[\\]]*)](?::[0-9]{1,5})?|([0-9.]{7,15}):[0-9]{1,5}");

    public TrustedProxies {
        networks = List.copyOf(networks);
    }

    /**
     * Where a request came from.
     *
     * @param client who sent it to the first proxy that is trusted; its own sender where none is
     * @param proxies how many trusted ones passed it on, 0 to 16
     */
    public record Way(InetAddress client, int proxies) {

        /** The value that the first trusted proxy left in a header, where it or one behind it left any. */
        public Optional<String> said(List<String> header) {
            List<String> values = proxies == 0 ? List.of() : values(header);
            return values.isEmpty() ? Optional.empty() : Optional.of(values.get(Math.max(0, values.size() - proxies)));
        }
    }

    /**
     * Goes back from proxy to proxy as long as they are trusted. One that names no address ({@code unknown}, or nonsense) ends the
     * way, and counts as the client itself.
     *
     * @param peer who sent the request
     * @param forwardedFor all {@code X-Forwarded-For} headers of it, in their order
     */
    public Way way(InetAddress peer, List<String> forwardedFor) {
        if (!isTrusted(peer)) {
            return new Way(peer, 0);
        }
        List<String> told = values(forwardedFor);
        InetAddress client = peer;
        int proxies = 0;
        while (proxies < MOST_PROXIES && isTrusted(client)) {
            proxies++;
            Optional<InetAddress> before =
                    told.size() < proxies ? Optional.empty() : address(told.get(told.size() - proxies));
            if (before.isEmpty()) {
                break;
            }
            client = before.get();
        }
        return new Way(client, proxies);
    }

    private boolean isTrusted(InetAddress address) {
        return networks.stream().anyMatch(network -> network.contains(address));
    }

    private static List<String> values(List<String> header) {
        List<String> values = new ArrayList<>();
        header.forEach(line -> Stream.of(line.split(",", -1)).map(String::strip).forEach(values::add));
        return values;
    }

    /** An address with or without a port, which some proxies add. */
    private static Optional<InetAddress> address(String text) {
        Matcher withPort = WITH_PORT.matcher(text);
        if (!withPort.matches()) {
            return Network.address(text);
        }
        return Network.address(withPort.group(1) == null ? withPort.group(2) : withPort.group(1));
    }
}
