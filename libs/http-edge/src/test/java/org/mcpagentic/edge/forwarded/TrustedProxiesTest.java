package org.mcpagentic.edge.forwarded;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTest {

    private static final TrustedProxies OURS =
            new TrustedProxies(List.of(Network.of("10.0.0.0/8"), Network.of("fd00::/8")));

    private static InetAddress address(String text) {
        return Network.address(text).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "203.0.113.9|198.51.100.7|203.0.113.9|0",
                "203.0.113.9|10.0.0.1|203.0.113.9|0",
                "10.0.0.1|198.51.100.7|198.51.100.7|1",
                "10.0.0.1|1.1.1.1, 198.51.100.7|198.51.100.7|1",
                "10.0.0.1|1.1.1.1, 198.51.100.7, 10.0.0.2|198.51.100.7|2",
                "10.0.0.1|198.51.100.7,10.0.0.3 ,fd00::2|198.51.100.7|3",
                "10.0.0.1|198.51.100.7, 203.0.113.9, 10.0.0.2|203.0.113.9|2",
                "10.0.0.1|10.0.0.9|10.0.0.9|2",
                "10.0.0.1|198.51.100.7:4711|198.51.100.7|1",
                "10.0.0.1|[2001:db8::7]:4711|2001:db8::7|1",
                "10.0.0.1|[2001:db8::7]|2001:db8::7|1",
                "fd00::1|2001:db8::7|2001:db8::7|1",
                "10.0.0.1|::ffff:198.51.100.7|198.51.100.7|1"
            })
    void goesBackToWhoeverNoTrustedProxyIs(String peer, String told, String client, int proxies) {
        TrustedProxies.Way way = OURS.way(address(peer), List.of(told));

        assertThat(way).isEqualTo(new TrustedProxies.Way(address(client), proxies));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "unknown",
                "_hidden",
                "",
                " , ",
                "localhost",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.4:99999999",
                "[::1",
                "0x7f.1"
            })
    void oneThatNamesNoAddressIsItselfTheEnd(String told) {
        TrustedProxies.Way way = OURS.way(address("10.0.0.1"), List.of("198.51.100.7, " + told));

        assertThat(way).isEqualTo(new TrustedProxies.Way(address("10.0.0.1"), 1));
    }

    @Test
    void headersOfTheSameNameAreOneList() {
        TrustedProxies.Way way = OURS.way(address("10.0.0.1"), List.of("1.1.1.1, 198.51.100.7", "10.0.0.2"));

        assertThat(way).isEqualTo(new TrustedProxies.Way(address("198.51.100.7"), 2));
    }

    @Test
    void nobodyIsTrustedWhereNoneIsNamed() {
        TrustedProxies.Way way = new TrustedProxies(List.of()).way(address("127.0.0.1"), List.of("198.51.100.7"));

        assertThat(way).isEqualTo(new TrustedProxies.Way(address("127.0.0.1"), 0));
    }

    @Test
    void endsAfterSixteenProxies() {
        List<String> thousand = Collections.nCopies(1_000, "10.0.0.2");

        TrustedProxies.Way way = OURS.way(address("10.0.0.1"), List.of(String.join(",", thousand)));

        assertThat(way).isEqualTo(new TrustedProxies.Way(address("10.0.0.2"), TrustedProxies.MOST_PROXIES));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1|public.example|public.example",
                "1|evil.example, public.example|public.example",
                "2|public.example|public.example",
                "2|evil.example, public.example, inner.example|public.example",
                "2|public.example, inner.example|public.example"
            })
    void ofOtherHeadersItTakesWhatTheFirstTrustedProxySaid(int proxies, String header, String said) {
        TrustedProxies.Way way = new TrustedProxies.Way(address("198.51.100.7"), proxies);

        assertThat(way.said(Arrays.asList(header.split(";")))).contains(said);
        assertThat(way.said(List.of())).isEmpty();
    }

    @Test
    void withoutATrustedProxyNothingWasSaid() {
        assertThat(new TrustedProxies.Way(address("198.51.100.7"), 0).said(List.of("evil.example")))
                .isEmpty();
    }
}
