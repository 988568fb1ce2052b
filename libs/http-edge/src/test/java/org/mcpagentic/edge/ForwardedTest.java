package org.mcpagentic.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mcpagentic.edge.forwarded.Network;

/** Behind a proxy at 127.0.0.1, which is trusted; 127.0.0.2 is anybody. */
@QuarkusTest
@TestProfile(ForwardedTest.BehindAProxy.class)
class ForwardedTest {

    private static final String PROXY = "127.0.0.1";
    private static final String ANYBODY = "127.0.0.2";

    @TestHTTPResource
    @SuppressWarnings("NullAway.Init") // why: Quarkus fills it
    URI service;

    /** {@code 10.0.0.0/8} are further proxies. */
    public static final class BehindAProxy implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "edge.trusted-proxies",
                    PROXY + ",10.0.0.0/8,fd00::/8",
                    "edge.allowed-hosts",
                    "localhost,public.example");
        }
    }

    @Test
    void whatATrustedProxySaysOfTheClientIsBelieved() throws IOException {
        String answer = arrival(
                PROXY,
                "X-Forwarded-For: 198.51.100.7",
                "X-Forwarded-Proto: https",
                "X-Forwarded-Host: public.example",
                "X-Forwarded-Prefix: /custom");

        assertThat(answer)
                .startsWith("HTTP/1.1 200")
                .contains("\"from\":\"198.51.100.7\"", "\"address\":\"https://public.example/custom\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Forwarded-For: 198.51.100.7",
                "X-Forwarded-For: 127.0.0.1",
                "X-Forwarded-For: 198.51.100.7, 127.0.0.1",
                "X-Forwarded-Proto: https",
                "X-Forwarded-Host: public.example",
                "X-Forwarded-Host: evil.example",
                "X-Forwarded-Host: <not a host>",
                "X-Forwarded-Prefix: /custom",
                "X-Forwarded-Ssl: on",
                "X-Forwarded-Port: 443",
                "Forwarded: for=198.51.100.7;host=public.example;proto=https",
                "X-Real-IP: 198.51.100.7"
            })
    void whatAnybodySaysChangesNothing(String header) throws IOException {
        String answer = arrival(ANYBODY, header);

        assertThat(answer)
                .startsWith("HTTP/1.1 200")
                .contains("\"from\":\"127.0.0.2\"", "\"address\":\"" + own() + "\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Forwarded: for=198.51.100.7;host=public.example;proto=https",
                "X-Real-IP: 198.51.100.7",
                "X-Forwarded-Ssl: on",
                "X-Forwarded-Proto: gopher",
                "X-Forwarded-Proto: https://",
                "X-Forwarded-Prefix: //evil.example",
                "X-Forwarded-Prefix: evil.example",
                "X-Forwarded-Prefix: /a/../b",
                "X-Forwarded-Prefix: /.",
                "X-Forwarded-Prefix: /a?b",
                "X-Forwarded-Prefix: /a\"b",
                "X-Forwarded-Prefix: /",
                "X-Forwarded-Prefix: /1/2/3/4/5/6/7/8/9",
                "X-Forwarded-For: unknown",
                "X-Forwarded-For: ingress.example"
            })
    void whatIsNoneOfTheHeadersOrHasNoMeaningChangesNothing(String header) throws IOException {
        String answer = arrival(PROXY, header);

        assertThat(answer)
                .startsWith("HTTP/1.1 200")
                .contains("\"from\":\"127.0.0.1\"", "\"address\":\"" + own() + "\"");
    }

    @Test
    void aChainOfProxiesIsReadAsFarAsItIsTrusted() throws IOException {
        String answer = arrival(
                PROXY,
                "X-Forwarded-For: 1.1.1.1, 198.51.100.7, 10.0.0.2",
                "X-Forwarded-Proto: gopher, https, http",
                "X-Forwarded-Host: evil.example, public.example, inner.example",
                "X-Forwarded-Prefix: /evil, /custom, /");

        assertThat(answer).contains("\"from\":\"198.51.100.7\"", "\"address\":\"https://public.example/custom\"");
    }

    @Test
    void anIpv6ClientIsItsSubscribersNetwork() throws IOException {
        String one = arrival(PROXY, "X-Forwarded-For: 2001:db8:0:7::1");
        String other = arrival(PROXY, "X-Forwarded-For: [2001:db8:0:7:ffff::2]:4711");

        assertThat(one).contains("\"from\":\"20010db800000007/64\"");
        assertThat(other).contains("\"from\":\"20010db800000007/64\"");
    }

    @ParameterizedTest
    @CsvSource({"evil.example", "''", "public.example.evil.example", "user@public.example", "public.example:99999", "<>"
    })
    void aForwardedHostThatIsNotServedIsRefused(String host) throws IOException {
        String answer = arrival(PROXY, "X-Forwarded-Host: " + host);

        assertThat(answer).startsWith("HTTP/1.1 4").contains("\"code\":\"bad_host\"");
    }

    @Test
    void theHostThatATrustedProxyAsksGivesWayToTheOneItNames() throws IOException {
        List<String> head = List.of("Host: service.internal", "X-Forwarded-Host: public.example");

        assertThat(ask(PROXY, "GET", head)).startsWith("HTTP/1.1 200");
        assertThat(ask(ANYBODY, "GET", head)).contains("\"code\":\"bad_host\"");
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1,https,https://public.example,404",
        "127.0.0.1,https,http://public.example,403",
        "127.0.0.1,http,http://public.example,404",
        "127.0.0.1,https,https://localhost,403",
        "127.0.0.2,https,https://public.example,403"
    })
    void aPageOfTheForwardedHostMayCallByItsSchemeAlone(String peer, String scheme, String origin, int status)
            throws IOException {
        String answer = ask(
                peer,
                "GET /nothing",
                List.of(
                        "Host: localhost",
                        "X-Forwarded-For: 198.51.100.7",
                        "X-Forwarded-Proto: " + scheme,
                        "X-Forwarded-Host: public.example",
                        "Origin: " + origin));

        assertThat(answer).startsWith("HTTP/1.1 " + status);
    }

    private String own() {
        return "http://localhost:" + service.getPort();
    }

    private String arrival(String peer, String... forwarded) throws IOException {
        List<String> head = new ArrayList<>(List.of("Host: localhost:" + service.getPort()));
        head.addAll(List.of(forwarded));
        return ask(peer, "GET", head);
    }

    private String ask(String peer, String request, List<String> head) throws IOException {
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(10_000);
            socket.bind(new InetSocketAddress(Network.address(peer).orElseThrow(), 0));
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), service.getPort()));
            String target = request.contains(" ") ? request : request + " /arrival";
            socket.getOutputStream()
                    .write((target + " HTTP/1.1\r\n" + String.join("\r\n", head) + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
