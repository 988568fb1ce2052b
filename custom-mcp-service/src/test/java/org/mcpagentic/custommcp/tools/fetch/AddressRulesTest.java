package org.mcpagentic.custommcp.tools.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.util.NetUtil;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRulesTest {

    private final AddressRules rules = new AddressRules(List.of());

    /** The first and the last address of each network, and what is known to answer there. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.255.255.255",
                "10.0.0.0",
                "10.255.255.255",
                "100.64.0.0",
                "100.100.100.200",
                "100.127.255.255",
                "127.0.0.1",
                "127.255.255.255",
                "168.63.129.16",
                "169.254.0.0",
                "169.254.169.254",
                "169.254.170.2",
                "169.254.255.255",
                "172.16.0.0",
                "172.31.255.255",
                "192.0.0.0",
                "192.0.0.9",
                "192.0.0.192",
                "192.0.2.1",
                "192.31.196.1",
                "192.52.193.1",
                "192.88.99.1",
                "192.168.0.0",
                "192.168.255.255",
                "192.175.48.1",
                "198.18.0.0",
                "198.19.255.255",
                "198.51.100.1",
                "203.0.113.1",
                "224.0.0.1",
                "239.255.255.255",
                "240.0.0.0",
                "255.255.255.255",
                "::",
                "::1",
                "::7f00:1",
                "::ffff:127.0.0.1",
                "::ffff:8.8.8.8",
                "64:ff9b::7f00:1",
                "64:ff9b::808:808",
                "64:ff9b:1::7f00:1",
                "64:ff9b:1:ffff::1",
                "100::1",
                "100:0:0:1::1",
                "2001::1",
                "2001:0:4136:e378:8000:63bf:3fff:fdd2",
                "2001:1::1",
                "2001:2::1",
                "2001:3::1",
                "2001:4:112::1",
                "2001:10::1",
                "2001:20::1",
                "2001:30::1",
                "2001:1ff:ffff::1",
                "2001:db8::1",
                "2002:7f00:1::",
                "2002:808:808::1",
                "2620:4f:8000::1",
                "3fff::1",
                "3fff:fff::1",
                "4000::1",
                "5f00::1",
                "8000::1",
                "fc00::1",
                "fd00:ec2::254",
                "fd20:ce::254",
                "fdff::1",
                "fe80::1",
                "febf::1",
                "fec0::1",
                "ff02::1",
                "ffff::1",
            })
    void refusesWhatIsNotPublic(String address) {
        assertThat(rules.isPublic(of(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.0.0.1",
                "8.8.8.8",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.0",
                "168.63.129.15",
                "168.63.129.17",
                "169.253.255.255",
                "169.255.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "191.255.255.255",
                "192.0.1.0",
                "192.0.3.0",
                "192.167.255.255",
                "192.169.0.0",
                "198.17.255.255",
                "198.20.0.0",
                "223.255.255.255",
                "2001:200::1",
                "2001:4860:4860::8888",
                "2003::1",
                "2606:4700::1111",
                "2a00:1450::1",
                "3ffe::1",
            })
    void allowsWhatIsPublic(String address) {
        assertThat(rules.isPublic(of(address))).isTrue();
    }

    @Test
    void refusesTheOperatorsOwnNetworksToo() {
        AddressRules own = new AddressRules(List.of("8.8.0.0/16", "2606:4700::/32"));

        assertThat(own.isPublic(of("8.8.255.1"))).isFalse();
        assertThat(own.isPublic(of("8.9.0.1"))).isTrue();
        assertThat(own.isPublic(of("2606:4700::1"))).isFalse();
        assertThat(own.isPublic(of("2606:4701::1"))).isTrue();
        assertThat(own.isPublic(of("127.0.0.1"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"999.0.0.0/8", "10.0.0.0/33", "2606:::/32", "2606::/129"})
    void namesTheSettingThatHoldsNoNetwork(String network) {
        assertThatThrownBy(() -> new AddressRules(List.of(network)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("tools.http-fetch.refused-networks")
                .hasMessageContaining(network);
    }

    /** Keeps an IPv4-mapped address one. */
    private static InetAddress of(String address) {
        byte[] bytes = Objects.requireNonNull(NetUtil.createByteArrayFromIpAddressString(address));
        try {
            return bytes.length == 16 ? Inet6Address.getByAddress("", bytes, -1) : InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
