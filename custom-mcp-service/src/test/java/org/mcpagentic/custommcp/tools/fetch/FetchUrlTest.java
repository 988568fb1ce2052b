package org.mcpagentic.custommcp.tools.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mcpagentic.agent.tool.ToolFailure;

class FetchUrlTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "https://data.gov https://data.gov/",
                "HTTPS://Data.GOV:443/a?b=c#part https://data.gov/a?b=c",
                "http://data.gov:80 http://data.gov/",
                "http://data.gov:443/ http://data.gov:443/",
                "https://data.gov:80/ https://data.gov:80/",
                "https://data.gov./a https://data.gov/a",
                "https://data.gov?q=1 https://data.gov/?q=1",
                "https://data.gov//evil.test/x https://data.gov//evil.test/x",
                "https://data.gov/%2e%2e/%0a https://data.gov/%2e%2e/%0a",
                "https://de.wikipedia.org/wiki/M\u00fcnchen?q=\u00e4 https://de.wikipedia.org/wiki/M%C3%BCnchen?q=%C3%A4",
                "https://m\u00fcnchen.de/ https://xn--mnchen-3ya.de/",
                "https://xn--mnchen-3ya.de/ https://xn--mnchen-3ya.de/",
                "https://\u4f8b\u3048.jp/ https://xn--r8jz45g.jp/",
                "http://8.8.8.8/ http://8.8.8.8/",
                "http://[2606:4700:0:0::1111]:8080/ http://[2606:4700::1111]:8080/",
            })
    void hasOneSpelling(String written, String expected) {
        FetchUrl url = FetchUrl.of(written);

        assertThat(url).hasToString(expected);
    }

    /** Each of these is understood by one program or another as a way to an address that it does not show. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                // IPv4 as one number, octal, hexadecimal, short
                "http://2130706433/",
                "http://017700000001/",
                "http://0x7f000001/",
                "http://0x7F.1/",
                "http://0177.0.0.1/",
                "http://0177.0x0.0.1/",
                "http://127.1/",
                "http://127.0.1/",
                "http://0/",
                "http://127.0.0.01/",
                "http://127.0.0.001/",
                "http://010.0.0.1/",
                "http://127.0.0.1.0/",
                "http://127.0.0.256/",
                "http://127.0.0.0x1/",
                "http://127.0.0.0x/",
                "http://1.2.3.4.5.0x7f/",
                "http://evil.test.1/",
                "http://4294967297/",
                "http://127.0.0.1../",
                "http://127..0.1/",
                // digits and dots that are none
                "http://127\u30020\u30020\u30021/",
                "http://127\uff0e0\uff0e0\uff0e1/",
                "http://127\uff610\uff610\uff611/",
                "http://\uff11\uff12\uff17.0.0.1/",
                "http://\u2460\u2461\u2466.0.0.1/",
                "http://\u0661\u0662\u0667.0.0.1/",
                "http://\uff4cocalhost/",
                "http://loca\u029fhost\uff0ecom/",
                "http://\u24db\u24de\u24d2\u24d0\u24db\u24d7\u24de\u24e2\u24e3/",
                "http://data\u00ad.gov/",
                "http://da\u200bta.gov/",
                "http://stra\u00dfe.de/",
                "http://\u212aelvin.com/",
                "http://M\u00dcNCHEN.de/",
                "http://data\u2024gov/",
                "http://data\u2044x.gov/",
                "http://data\u2215x.gov/",
                "http://\ud83d\ude00.gov/",
                // IPv6
                "http://[::ffff:127.0.0.1%25lo]/",
                "http://[fe80::1%25eth0]/",
                "http://[fe80::1%eth0]/",
                "http://[::1/",
                "http://::1/",
                "http://[127.0.0.1]/",
                "http://[::1]x/",
                "http://[]/",
                "http://[:::1]/",
                "http://[1::2::3]/",
                "http://[0x1::]/",
                "http://[v1.x]/",
                // user names, and what hides the host
                "http://data.gov@127.0.0.1/",
                "http://data.gov:80@127.0.0.1/",
                "http://@127.0.0.1/",
                "http://127.0.0.1\\@data.gov/",
                "http:\\\\127.0.0.1/",
                "http://127.0.0.1%2f@data.gov/",
                "http://127.0.0.1%00.data.gov/",
                "http://127.0.0.1%09/",
                "http://%31%32%37.0.0.1/",
                "http://data.gov%2e/",
                "http://127.0.0.1 .data.gov/",
                "http://127.0.0.1\t/",
                "http://data.gov/\r\nHost: x",
                "http://data.gov/a b",
                " http://data.gov/",
                "http://data.gov/\u0000",
                // ports
                "http://data.gov:0/",
                "http://data.gov:/",
                "http://data.gov:080/",
                "http://data.gov:65536/",
                "http://data.gov:99999999999/",
                "http://data.gov:80:80/",
                "http://data.gov:+80/",
                "http://data.gov:\uff18\uff10/",
                // what is no such URL
                "",
                "data.gov",
                "//data.gov/",
                "/etc/passwd",
                "http:data.gov",
                "http:/data.gov",
                "http:///data.gov",
                "http://",
                "http://?x",
                "http://#x",
                "http://./",
                "http://-data.gov/",
                "http://data-.gov/",
                "http://da_ta.gov/",
                "http://data..gov/",
                "http://.data.gov/",
                "ftp://data.gov/",
                "file:///etc/passwd",
                "gopher://data.gov/",
                "jar:http://data.gov!/x",
                "javascript:alert(1)",
                "http://data.gov/{x}",
                "http://data.gov/%zz",
            })
    void refusesWhatCanBeReadInAnotherWay(String written) {
        assertThatThrownBy(() -> FetchUrl.of(written))
                .isInstanceOf(ToolFailure.class)
                .message()
                .isNotBlank()
                .hasSizeLessThan(200);
    }

    @Test
    void refusesWhatIsTooLong() {
        assertThatThrownBy(() -> FetchUrl.of("https://data.gov/" + "a".repeat(FetchUrl.MOST_CHARS)))
                .isInstanceOf(ToolFailure.class)
                .hasMessageContaining("longer than 4096");
        assertThatThrownBy(() -> FetchUrl.of("https://" + "a".repeat(64) + ".gov/"))
                .isInstanceOf(ToolFailure.class);
        assertThatThrownBy(() -> FetchUrl.of("https://" + "a.".repeat(130) + "gov/"))
                .isInstanceOf(ToolFailure.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "https://data.gov/a/b?c /d https://data.gov/d",
                "https://data.gov/a/b?c d https://data.gov/a/d",
                "https://data.gov/a/b?c ../d https://data.gov/d",
                "https://data.gov/a/b?c ?x=1 https://data.gov/a/b?x=1",
                "https://data.gov/a/b?c #part https://data.gov/a/b?c",
                "https://data.gov/a/b //www.data.gov/d https://www.data.gov/d",
                "http://data.gov/a https://data.gov/a https://data.gov/a",
                "https://data.gov/a /{x}|y https://data.gov/%7Bx%7D%7Cy",
                "https://data.gov/a /\u00fc https://data.gov/%C3%BC",
            })
    void followsARedirect(String from, String location, String expected) {
        FetchUrl next = FetchUrl.of(from).redirectedTo(location);

        assertThat(next).hasToString(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://data.gov/",
                "//x@data.gov/",
                "file:///etc/passwd",
                "//2130706433/",
                "http:",
                "//[::1",
                "a:b:c"
            })
    void refusesARedirectThatLeadsOutOfTlsOrToNoUrl(String location) {
        FetchUrl from = FetchUrl.of("https://data.gov/a");

        assertThatThrownBy(() -> from.redirectedTo(location)).isInstanceOf(ToolFailure.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LOCALHOST",
                "localhost.",
                "a.localhost",
                "redis",
                "printer.local",
                "metadata.google.internal",
                "router.home.arpa",
                "custom-mcp.default.svc",
                "custom-mcp.default.svc.cluster.local",
                "1.0.0.127.in-addr.arpa",
                "wiki.corp",
                "nas.lan",
                "x.onion",
                "x.test",
            })
    void knowsNamesThatAreNeverPublic(String name) {
        Host host = Host.of(name);

        assertThat(host)
                .isInstanceOfSatisfying(
                        Host.Name.class, known -> assertThat(known.isPrivate()).isTrue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"data.gov", "localhost.com", "internal.example.com", "svc.dev", "cluster.local.dev"})
    void doesNotTakeOtherNamesForPrivate(String name) {
        Host host = Host.of(name);

        assertThat(host)
                .isInstanceOfSatisfying(
                        Host.Name.class, known -> assertThat(known.isPrivate()).isFalse());
    }
}
