package org.mcpagentic.edge.forwarded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8,10.255.255.255,true",
        "10.0.0.0/8,11.0.0.0,false",
        "10.42.7.0/24,10.42.7.255,true",
        "10.42.7.0/24,10.42.8.0,false",
        "192.0.2.7,192.0.2.7,true",
        "192.0.2.7,192.0.2.8,false",
        "192.0.2.7/32,192.0.2.6,false",
        "fc00::/7,fd12:3456::1,true",
        "fc00::/7,fe80::1,false",
        "2001:db8::/32,2001:db8:ffff::1,true",
        "2001:db8::/32,2001:db9::1,false",
        "::1,::1,true",
        "::1,127.0.0.1,false",
        "127.0.0.0/8,::ffff:127.0.0.1,true",
        "::ffff:10.0.0.0/8,10.1.1.1,true",
        "fe80::/10,fe80::1%eth0,true"
    })
    void knowsItsAddresses(String network, String address, boolean expected) {
        boolean contains = Network.of(network).contains(Network.address(address).orElseThrow());

        assertThat(contains).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0.0.0.0/0",
                "::/0",
                "0.0.0.0/1",
                "128.0.0.0/1",
                "10.1.2.3/8",
                "fd00::1/8",
                "10.0.0.0/33",
                "::1/129",
                "10.0.0.0/-1",
                "10.0.0.0/",
                "10.0.0.0/8/8",
                "10.0.0",
                "10.0.0.256",
                "10.0.0.0 /8",
                "ingress.example",
                "localhost",
                "*",
                "[::1]",
                "1:2:3:4:5:6:7:8:9"
            })
    void isNoNetworkOrOneThatNobodysProxiesHaveAlone(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Network.of(text));
    }
}
