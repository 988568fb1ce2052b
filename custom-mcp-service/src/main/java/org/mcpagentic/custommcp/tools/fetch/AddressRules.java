package org.mcpagentic.custommcp.tools.fetch;

import static io.netty.handler.ipfilter.IpFilterRuleType.REJECT;

import io.netty.handler.ipfilter.IpFilterRule;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which addresses are public. Everything in IANA's IPv4 and IPv6 special-purpose address registries (RFC 6890) is not, be it
 * globally reachable or not; of IPv6, only what is global unicast is.
 */
public final class AddressRules {

    private static final List<String> SPECIAL_IPV4 = List.of(
            "0.0.0.0/8", // this network
            "10.0.0.0/8", // private
            "100.64.0.0/10", // shared by carriers (CGNAT); Alibaba Cloud's metadata
            "127.0.0.0/8", // loopback
            "168.63.129.16/32", // Azure's host agent: a public address that answers inside only
            "169.254.0.0/16", // link-local; metadata of most clouds
            "172.16.0.0/12", // private
            "192.0.0.0/24", // IETF protocol assignments; Oracle Cloud's metadata
            "192.0.2.0/24", // documentation
            "192.31.196.0/24", // AS112
            "192.52.193.0/24", // AMT
            "192.88.99.0/24", // 6to4 relay
            "192.168.0.0/16", // private
            "192.175.48.0/24", // AS112
            "198.18.0.0/15", // benchmarks
            "198.51.100.0/24", // documentation
            "203.0.113.0/24", // documentation
            "224.0.0.0/4", // multicast
            "240.0.0.0/4"); // reserved, broadcast

    private static final List<String> SPECIAL_IPV6 = List.of(
            "2001::/23", // IETF protocol assignments: Teredo, benchmarks, ORCHID
            "2001:db8::/32", // documentation
            "2002::/16", // 6to4, which wraps any IPv4 address
            "2620:4f:8000::/48", // AS112
            "3fff::/20"); // documentation

    private final List<IpFilterRule> refused;

    /**
     * Takes further networks that are not to be reached, such as {@code 198.51.100.0/24}.
     *
     * @throws IllegalArgumentException where one is no network
     */
    public AddressRules(List<String> refusedNetworks) {
        this.refused = Stream.of(SPECIAL_IPV4, SPECIAL_IPV6, refusedNetworks)
                .flatMap(List::stream)
                .map(AddressRules::rule)
                .toList();
    }

    private static IpFilterRule rule(String network) {
        String address = network.substring(0, network.indexOf('/'));
        // why: the rule itself would ask a name server for what is no address
        if (NetUtil.createByteArrayFromIpAddressString(address) == null) {
            throw new IllegalArgumentException("tools.http-fetch.refused-networks: " + network + " is no network");
        }
        try {
            return new IpSubnetFilterRule(network, REJECT);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("tools.http-fetch.refused-networks: " + network + " is no network", e);
        }
    }

    boolean isPublic(InetAddress address) {
        InetSocketAddress socket = new InetSocketAddress(address, 0);
        return isGlobal(address.getAddress()) && refused.stream().noneMatch(rule -> rule.matches(socket));
    }

    /**
     * Any IPv4 address, and of IPv6 global unicast, 2000::/3. Outside are ::, ::1, IPv4-mapped, 64:ff9b::/96, 100::/64,
     * 5f00::/16, fc00::/7, fe80::/10 and ff00::/8.
     */
    private static boolean isGlobal(byte[] address) {
        // why no rule of Netty's: its IPv6 rules also match addresses that begin with as many ones, harmless in a
        // refusal only
        return address.length == 4 || (address[0] & 0xe0) == 0x20;
    }
}
