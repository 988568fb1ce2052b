package org.mcpagentic.edge.access;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * How a request left its client, as far as it is known: what a trusted proxy said, else what came here.
 *
 * @param client who sent it; nothing where it came by no network
 * @param encrypted whether the client spoke TLS
 * @param host the host that the client asked, with its port where it named one; not checked by whoever asks here before the gate did
 * @param prefix the path below which the client finds what is at {@code /} here, such as {@code /custom}; else empty
 */
public record Arrival(Optional<InetAddress> client, boolean encrypted, Optional<String> host, String prefix) {

    /** The client's address as limits and the trail name it: of IPv6 the network that one subscriber gets. */
    public String sender() {
        return client.map(address -> address instanceof Inet6Address
                        ? HexFormat.of().formatHex(Arrays.copyOf(address.getAddress(), 8)) + "/64"
                        : address.getHostAddress())
                .orElse("unknown");
    }

    /** Where the client reaches this service: {@code scheme://host[:port][/prefix]}. */
    public Optional<String> address() {
        return host.map(name -> (encrypted ? "https://" : "http://") + name + prefix);
    }
}
