package org.mcpagentic.custommcp.tools.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mcpagentic.agent.tool.ToolFailure;
import org.mcpagentic.testsupport.Settings;

class FetcherTest {

    private static final Vertx VERTX = Vertx.vertx();
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    /** Global unicast that IANA has given to nobody: public to the rules, and nobody answers. */
    private static final String PUBLIC = "2d00::1";

    private final Names names = new Names();
    private final Map<String, String> settings = new HashMap<>();
    private Optional<Fetcher> fetcher = Optional.empty();

    @AfterEach
    void stop() {
        fetcher.ifPresent(Fetcher::stop);
    }

    @AfterAll
    static void close() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    private Fetcher fetcher() {
        Fetcher made = new Fetcher(VERTX, names, Settings.of(FetchConfig.class, settings));
        fetcher = Optional.of(made);
        return made;
    }

    private Fetcher trusting(String authorities) {
        settings.put("tools.http-fetch.trusted", authorities);
        return fetcher();
    }

    private Fetcher trusting(LoopbackServer server) {
        return trusting("127.0.0.1:" + server.port());
    }

    /** Nothing but its address keeps this server from being asked. */
    private Fetcher allowingThePortOf(LoopbackServer server) {
        settings.put("tools.http-fetch.ports", "80,443," + server.port());
        return fetcher();
    }

    private static Fetched open(Fetcher fetcher, String url) throws Exception {
        return fetcher.open(url, Preferences.NONE, TIMEOUT);
    }

    private static String text(Fetched fetched) throws IOException {
        try (fetched) {
            return new String(fetched.body().readAllBytes(), UTF_8);
        }
    }

    @Test
    void givesWhatTheServerSays() throws Exception {
        try (LoopbackServer server =
                LoopbackServer.with(LoopbackServer.saying("Text/Plain; charset=\"utf-8\"", "gr\u00fc\u00dfe"))) {
            Fetched fetched = open(trusting(server), server.url("/a?b=c#d"));

            assertThat(fetched.url()).isEqualTo(server.url("/a?b=c"));
            assertThat(fetched.status()).isEqualTo(200);
            assertThat(fetched.mediaType()).contains("text/plain");
            assertThat(fetched.charset()).contains(UTF_8);
            assertThat(fetched.length()).hasValue(7);
            assertThat(text(fetched)).isEqualTo("gr\u00fc\u00dfe");
        }
    }

    @Test
    void sendsNothingThatItWasNotAskedTo() throws Exception {
        try (LoopbackServer server = LoopbackServer.with(LoopbackServer.saying("text/plain", "x"))) {
            Preferences preferences = new Preferences(Optional.of("application/json"), Optional.of("de"));
            settings.put("tools.http-fetch.user-agent", "tester/1");

            text(trusting(server).open(server.url("/a?b=c"), preferences, TIMEOUT));

            assertThat(server.requests()).singleElement().satisfies(request -> {
                assertThat(request.line()).isEqualTo("GET /a?b=c HTTP/1.1");
                assertThat(request.headers())
                        .isEqualTo(Map.of(
                                "host",
                                "127.0.0.1:" + server.port(),
                                "user-agent",
                                "tester/1",
                                "accept",
                                "application/json",
                                "accept-language",
                                "de",
                                "accept-encoding",
                                "gzip",
                                "connection",
                                "close"));
            });
        }
    }

    @Test
    void takesNoHeadersFromPreferences() {
        assertThatThrownBy(() -> new Preferences(Optional.of("a\r\nCookie: b"), Optional.empty()))
                .isInstanceOf(ToolFailure.class)
                .hasMessageContaining("accept");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "[::ffff:127.0.0.1]",
                "[::ffff:7f00:1]",
                "[64:ff9b::7f00:1]",
                "[2002:7f00:1::]",
                "[::1]",
                "0.0.0.0",
                "[::]",
                "169.254.169.254",
                "10.0.0.1",
                "100.100.100.200"
            })
    void refusesAddressesThatAreNotPublic(String host) {
        try (LoopbackServer server = LoopbackServer.with(LoopbackServer.saying("text/plain", "secret"))) {
            Fetcher allowing = allowingThePortOf(server);

            assertThatThrownBy(() -> open(allowing, "http://" + host + ":" + server.port() + "/"))
                    .isInstanceOf(ToolFailure.class)
                    .hasMessage("this address is not public; only public addresses may be fetched");
            assertThat(server.connections()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "inside.data.gov 127.0.0.1",
                "inside.data.gov 10.1.2.3",
                "inside.data.gov 169.254.169.254",
                "inside.data.gov ::1",
                "inside.data.gov ::ffff:127.0.0.1",
                "inside.data.gov fd00:ec2::254",
                "inside.data.gov 2d00::1,127.0.0.1",
                "inside.data.gov 127.0.0.1,2d00::1",
                "unknown.data.gov ''",
                "localhost 127.0.0.1",
                "redis 127.0.0.1",
                "metadata.google.internal 169.254.169.254",
            })
    void saysTheSameOfEveryNameWithoutAPublicAddress(String name, String addresses) {
        if (!addresses.isEmpty()) {
            names.has(name + ".", addresses.split(",")).has(name, addresses.split(","));
        }
        try (LoopbackServer server = LoopbackServer.with(LoopbackServer.saying("text/plain", "secret"))) {
            Fetcher allowing = allowingThePortOf(server);

            assertThatThrownBy(() -> open(allowing, "http://" + name + ":" + server.port() + "/"))
                    .isInstanceOf(ToolFailure.class)
                    .hasMessage("this host has no public address; only public addresses may be fetched");
            assertThat(server.connections()).isZero();
        }
    }

    @Test
    void connectsToTheAddressThatWasCheckedWhateverTheNameLeadsToAfterwards() {
        try (LoopbackServer server = LoopbackServer.with(LoopbackServer.saying("text/plain", "secret"))) {
            names.has("rebinding.data.gov.", PUBLIC).has("rebinding.data.gov.", "127.0.0.1");
            names.has("rebinding.data.gov", "127.0.0.1");
            Fetcher allowing = allowingThePortOf(server);

            assertThatThrownBy(() -> open(allowing, "http://rebinding.data.gov:" + server.port() + "/"))
                    .isInstanceOf(FetchException.class)
                    .hasMessage("no connection to the server could be made");
            assertThat(names.asked()).containsExactly("rebinding.data.gov.");
            assertThat(server.connections()).isZero();
        }
    }

    @Test
    void connectsToNoOtherServerOfTheSamePort() throws Exception {
        try (LoopbackServer first = LoopbackServer.on("127.0.0.2", 0, LoopbackServer.saying("text/plain", "first"));
                LoopbackServer second =
                        LoopbackServer.on("127.0.0.1", first.port(), LoopbackServer.saying("text/plain", "second"))) {
            names.has("data.internal", "127.0.0.2").has("data.internal", "127.0.0.1");
            Fetcher trusting = trusting("data.internal:" + first.port());

            String said = text(open(trusting, "http://data.internal:" + first.port() + "/"));

            assertThat(said).isEqualTo("first");
            assertThat(names.asked()).containsExactly("data.internal");
            assertThat(second.connections()).isZero();
            assertThat(first.requests().getFirst().headers()).containsEntry("host", "data.internal:" + first.port());
        }
    }

    @Test
    void triesTheNextAddressWhereOneDoesNotAnswer() throws Exception {
        try (LoopbackServer server = LoopbackServer.with(LoopbackServer.saying("text/plain", "here"))) {
            names.has("data.internal", "127.0.0.3", "127.0.0.1");

            String said = text(
                    open(trusting("data.internal:" + server.port()), "http://data.internal:" + server.port() + "/"));

            assertThat(said).isEqualTo("here");
        }
    }

    @Test
    void trustsAHostOnlyAtItsPortAndUnderItsName() {
        try (LoopbackServer server = LoopbackServer.with(LoopbackServer.saying("text/plain", "secret"))) {
            names.has("data.internal", "127.0.0.1").has("other.internal", "127.0.0.1");
            settings.put("tools.http-fetch.ports", "80,443," + server.port());
            Fetcher trusting = trusting("data.internal:" + (server.port() - 1) + ",127.0.0.2:" + server.port());

            for (String host : List.of("data.internal", "other.internal", "127.0.0.1")) {
                assertThatThrownBy(() -> open(trusting, "http://" + host + ":" + server.port() + "/"))
                        .isInstanceOf(ToolFailure.class)
                        .hasMessageContaining("only public addresses");
            }
            assertThat(server.connections()).isZero();
        }
    }

    @Test
    void asksNoOtherPortsThanTheConfiguredOnes() {
        Fetcher strict = fetcher();

        assertThatThrownBy(() -> open(strict, "http://data.gov:6379/"))
                .isInstanceOf(ToolFailure.class)
                .hasMessage("port 6379 is not fetched from; the ports are 80, 443");
        assertThat(names.asked()).isEmpty();
    }

    @Test
    void fetchesNothingWhereThatIsTurnedOff() {
        settings.put("tools.http-fetch.enabled", "false");
        Fetcher off = fetcher();

        assertThatThrownBy(() -> open(off, "http://data.gov/"))
                .isInstanceOf(ToolFailure.class)
                .hasMessageContaining("not allowed to fetch");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:PORT/secret",
                "//127.0.0.1:PORT/secret",
                "http://localhost:PORT/",
                "http://2130706433:PORT/",
                "http://0x7f.1:PORT/",
                "http://[::ffff:7f00:1]:PORT/",
                "http://inside.data.gov:PORT/",
                "http://127\u30020\u30020\u30021:PORT/",
                "http://user@127.0.0.1:PORT/",
                "http://169.254.169.254/latest/meta-data/",
                "http://data.gov:6379/",
                "file:///etc/passwd",
                "gopher://127.0.0.1:PORT/",
                "\\\\127.0.0.1:PORT\\",
                "http://",
            })
    void refusesRedirectsToWhereItWouldNotGoItself(String location) {
        try (LoopbackServer inside = LoopbackServer.with(LoopbackServer.saying("text/plain", "secret"));
                LoopbackServer outside = LoopbackServer.with(
                        LoopbackServer.redirecting(302, location.replace("PORT", String.valueOf(inside.port()))))) {
            names.has("inside.data.gov.", "127.0.0.1");
            settings.put("tools.http-fetch.ports", "80,443," + inside.port());
            Fetcher trusting = trusting(outside);

            assertThatThrownBy(() -> open(trusting, outside.url("/"))).isInstanceOf(ToolFailure.class);
            assertThat(outside.connections()).isOne();
            assertThat(inside.connections()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void followsEachKindOfRedirect(int status) throws Exception {
        try (LoopbackServer server =
                LoopbackServer.with((request, out) -> (request.line().contains("/from")
                                ? LoopbackServer.redirecting(status, "/to?x")
                                : LoopbackServer.saying("text/plain", "there"))
                        .answer(request, out))) {
            Fetched fetched = open(trusting(server), server.url("/from"));

            assertThat(fetched.url()).isEqualTo(server.url("/to?x"));
            assertThat(text(fetched)).isEqualTo("there");
            assertThat(server.requests())
                    .extracting(LoopbackServer.Request::line)
                    .last()
                    .isEqualTo("GET /to?x HTTP/1.1");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 304, 305})
    void followsNothingElse(int status) throws Exception {
        try (LoopbackServer server = LoopbackServer.with(LoopbackServer.redirecting(status, "/to"))) {
            Fetched fetched = open(trusting(server), server.url("/"));
            fetched.close();

            assertThat(fetched.status()).isEqualTo(status);
            assertThat(server.connections()).isOne();
        }
    }

    @Test
    void followsNoMoreRedirectsThanItMay() {
        try (LoopbackServer server = LoopbackServer.with(LoopbackServer.redirecting(302, "/again"))) {
            Fetcher trusting = trusting(server);

            assertThatThrownBy(() -> open(trusting, server.url("/")))
                    .isInstanceOf(FetchException.class)
                    .hasMessage("the server redirects more than 5 times");
            assertThat(server.connections()).isEqualTo(6);
        }
    }

    @Test
    void looksTheNameUpAgainForEachRedirect() {
        try (LoopbackServer server = LoopbackServer.with(LoopbackServer.redirecting(302, "http://second.data.gov/"))) {
            names.has("first.internal", "127.0.0.1").has("second.data.gov.", "192.168.0.1");
            Fetcher trusting = trusting("first.internal:" + server.port());

            assertThatThrownBy(() -> open(trusting, "http://first.internal:" + server.port() + "/"))
                    .isInstanceOf(ToolFailure.class)
                    .hasMessageContaining("no public address");
            assertThat(names.asked()).containsExactly("first.internal", "second.data.gov.");
        }
    }

    @Test
    void asksNoProxy() throws Exception {
        try (LoopbackServer proxy = LoopbackServer.with(LoopbackServer.saying("text/plain", "proxy"));
                LoopbackServer server = LoopbackServer.with(LoopbackServer.saying("text/plain", "server"))) {
            System.setProperty("http.proxyHost", "127.0.0.1");
            System.setProperty("http.proxyPort", String.valueOf(proxy.port()));
            System.setProperty("http.nonProxyHosts", "");
            try {
                assertThat(text(open(trusting(server), server.url("/")))).isEqualTo("server");
            } finally {
                List.of("http.proxyHost", "http.proxyPort", "http.nonProxyHosts")
                        .forEach(System::clearProperty);
            }
            assertThat(proxy.connections()).isZero();
        }
    }

    @Test
    void checksThatTheCertificateIsOfTheName(@TempDir Path folder) throws Exception {
        Certificates certificate = Certificates.forName("data.internal", folder);
        try (LoopbackServer server =
                LoopbackServer.secure(certificate.server(), LoopbackServer.saying("text/plain", "secure"))) {
            names.has("data.internal", "127.0.0.1").has("other.internal", "127.0.0.1");
            settings.put(
                    "tools.http-fetch.trusted",
                    "data.internal:%1$d,other.internal:%1$d,127.0.0.1:%1$d".formatted(server.port()));
            Fetcher trusting = new Fetcher(
                    VERTX, names, Settings.of(FetchConfig.class, settings), Optional.of(certificate.trust()));
            fetcher = Optional.of(trusting);

            assertThat(text(open(trusting, "https://data.internal:" + server.port() + "/")))
                    .isEqualTo("secure");
            for (String wrong : List.of("other.internal", "127.0.0.1")) {
                assertThatThrownBy(() -> open(trusting, "https://" + wrong + ":" + server.port() + "/"))
                        .isInstanceOf(FetchException.class)
                        .hasMessageContaining("certificate is not valid for its name");
            }
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void takesNoCertificateOfAnUnknownAuthority(@TempDir Path folder) throws Exception {
        Certificates certificate = Certificates.forName("data.internal", folder);
        try (LoopbackServer server =
                LoopbackServer.secure(certificate.server(), LoopbackServer.saying("text/plain", "secure"))) {
            names.has("data.internal", "127.0.0.1");
            Fetcher trusting = trusting("data.internal:" + server.port());

            assertThatThrownBy(() -> open(trusting, "https://data.internal:" + server.port() + "/"))
                    .isInstanceOf(FetchException.class)
                    .hasMessageContaining("of no known authority");
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void leavesTlsForNoRedirect(@TempDir Path folder) throws Exception {
        Certificates certificate = Certificates.forName("data.internal", folder);
        try (LoopbackServer plain = LoopbackServer.with(LoopbackServer.saying("text/plain", "plain"));
                LoopbackServer server =
                        LoopbackServer.secure(certificate.server(), LoopbackServer.redirecting(301, plain.url("/")))) {
            names.has("data.internal", "127.0.0.1");
            settings.put("tools.http-fetch.trusted", "data.internal:" + server.port() + ",127.0.0.1:" + plain.port());
            Fetcher trusting = new Fetcher(
                    VERTX, names, Settings.of(FetchConfig.class, settings), Optional.of(certificate.trust()));
            fetcher = Optional.of(trusting);

            assertThatThrownBy(() -> open(trusting, "https://data.internal:" + server.port() + "/"))
                    .isInstanceOf(ToolFailure.class)
                    .hasMessageContaining("from https to http");
            assertThat(plain.connections()).isZero();
        }
    }

    @Test
    void decompressesWhatIsCompressedInSeveralParts() throws Exception {
        byte[] parts = concat(gzip("one, ".getBytes(UTF_8)), gzip("two".getBytes(UTF_8)));
        try (LoopbackServer server = LoopbackServer.with((request, out) -> {
            LoopbackServer.head(out, "HTTP/1.1 200 OK", "Content-Encoding: gzip");
            for (byte each : parts) {
                out.write(each);
                out.flush();
            }
        })) {
            assertThat(text(open(trusting(server), server.url("/")))).isEqualTo("one, two");
        }
    }

    @Test
    void takesNoMoreOfABombThanIsAskedFor() throws Exception {
        byte[] bomb = gzip(new byte[64 << 20]);
        try (LoopbackServer server = LoopbackServer.with((request, out) -> {
            LoopbackServer.head(out, "HTTP/1.1 200 OK", "Content-Encoding: gzip");
            while (true) {
                out.write(bomb);
            }
        })) {
            try (Fetched fetched = open(trusting(server), server.url("/"))) {
                assertThat(fetched.body().readNBytes(1 << 20)).hasSize(1 << 20);
            }
            assertThat(server.wasLeft()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "br; was not asked to",
                "deflate; was not asked to",
                "gzip, gzip; was not asked to",
                "gzip; which it is not"
            })
    void refusesWhatIsCompressedOtherwise(String encoding, String expected) throws Exception {
        try (LoopbackServer server = LoopbackServer.with((request, out) -> {
            LoopbackServer.head(out, "HTTP/1.1 200 OK", "Content-Encoding: " + encoding);
            out.write("plain".getBytes(UTF_8));
        })) {
            Fetched fetched = open(trusting(server), server.url("/"));

            assertThatThrownBy(() -> text(fetched))
                    .isInstanceOf(FetchException.class)
                    .hasMessageContaining(expected);
        }
    }

    @Test
    void holdsLittleOfABodyThatIsNotRead() throws Exception {
        int whole = 96 << 20;
        AtomicLong written = new AtomicLong();
        try (LoopbackServer server = LoopbackServer.with((request, out) -> {
            LoopbackServer.head(out, "HTTP/1.1 200 OK", "Content-Length: " + whole);
            byte[] piece = new byte[65_536];
            while (written.get() < whole) {
                out.write(piece);
                written.addAndGet(piece.length);
            }
        })) {
            try (Fetched fetched = trusting(server).open(server.url("/"), Preferences.NONE, Duration.ofSeconds(60))) {
                InputStream body = fetched.body();
                body.read();

                long before = -1;
                while (written.get() != before) {
                    before = written.get();
                    TimeUnit.MILLISECONDS.sleep(300);
                }
                // what the kernel holds between two sockets of one machine, and the 256 KiB here
                assertThat(written.get()).isLessThan(32 << 20);

                assertThat(1 + body.transferTo(OutputStream.nullOutputStream())).isEqualTo(whole);
            }
        }
    }

    @Test
    void readsABodyToItsEndThatTheServerEndsByLeaving() throws Exception {
        byte[] body = new byte[1_000_000];
        try (LoopbackServer server = LoopbackServer.with((request, out) -> {
            LoopbackServer.head(out, "HTTP/1.0 200 OK");
            out.write(body);
        })) {
            try (Fetched fetched = open(trusting(server), server.url("/"))) {
                TimeUnit.MILLISECONDS.sleep(300);

                assertThat(fetched.body().readAllBytes()).isEqualTo(body);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 100", "Transfer-Encoding: chunked"})
    void saysThatABodyWasCutOff(String framing) throws Exception {
        try (LoopbackServer server = LoopbackServer.with((request, out) -> {
            LoopbackServer.head(out, "HTTP/1.1 200 OK", framing);
            out.write("5\r\nhello\r\n".getBytes(UTF_8));
        })) {
            Fetched fetched = open(trusting(server), server.url("/"));

            assertThatThrownBy(() -> text(fetched))
                    .isInstanceOf(FetchException.class)
                    .hasMessage("the connection broke before everything had come");
        }
    }

    @Test
    void endsAtTheDeadlineHoweverSlowlyTheServerDrips() throws Exception {
        try (LoopbackServer server = LoopbackServer.with((request, out) -> {
            LoopbackServer.head(out, "HTTP/1.1 200 OK");
            while (true) {
                out.write('.');
                out.flush();
                TimeUnit.MILLISECONDS.sleep(20);
            }
        })) {
            Fetcher trusting = trusting(server);

            assertThatThrownBy(() -> text(trusting.open(server.url("/"), Preferences.NONE, Duration.ofMillis(600))))
                    .isInstanceOf(FetchException.class)
                    .hasMessage("the server did not send everything in time");
            assertThat(server.wasLeft()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.1 200 OK\r\nX: "})
    void endsAtTheDeadlineWhereTheServerFallsSilent(String beginning) throws Exception {
        try (LoopbackServer server = LoopbackServer.with((request, out) -> {
            out.write(beginning.getBytes(UTF_8));
            out.flush();
            TimeUnit.SECONDS.sleep(1);
            while (true) {
                out.write(' ');
                out.flush();
                TimeUnit.MILLISECONDS.sleep(20);
            }
        })) {
            Fetcher trusting = trusting(server);

            assertThatThrownBy(() -> trusting.open(server.url("/"), Preferences.NONE, Duration.ofMillis(600)))
                    .isInstanceOf(FetchException.class)
                    .hasMessage("the server did not answer in time");
            assertThat(server.wasLeft()).isTrue();
        }
    }

    @Test
    void endsAtTheDeadlineWhereTheServerOnlyAnnouncesItsAnswer() throws Exception {
        try (LoopbackServer server = LoopbackServer.with((request, out) -> {
            while (true) {
                LoopbackServer.head(out, "HTTP/1.1 103 Early Hints", "Link: </style.css>");
            }
        })) {
            Fetcher trusting = trusting(server);

            assertThatThrownBy(() -> trusting.open(server.url("/"), Preferences.NONE, Duration.ofMillis(600)))
                    .isInstanceOf(FetchException.class);
            assertThat(server.wasLeft()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-%d: y\r\n", "%d"})
    void endsWhereTheHeadersNeverDo(String header) throws Exception {
        try (LoopbackServer server = LoopbackServer.with((request, out) -> {
            out.write("HTTP/1.1 200 OK\r\nX: ".getBytes(UTF_8));
            for (int i = 0; true; i++) {
                out.write(header.formatted(i).getBytes(UTF_8));
            }
        })) {
            Fetcher trusting = trusting(server);

            assertThatThrownBy(() -> open(trusting, server.url("/")))
                    .isInstanceOf(FetchException.class)
                    .hasMessage("the server sends more than 65536 bytes of headers");
            assertThat(server.wasLeft()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hello\r\n\r\n",
                "HTTP/1.1 abc\r\n\r\n",
                "HTTP/2.0 200 OK\r\n\r\n",
                "SSH-2.0-OpenSSH_9.2\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
                "-ERR unknown command 'GET'\r\n"
            })
    void takesNothingThatIsNoHttp(String answer) throws Exception {
        try (LoopbackServer server = LoopbackServer.with((request, out) -> out.write(answer.getBytes(UTF_8)))) {
            Fetcher trusting = trusting(server);

            assertThatThrownBy(() -> text(open(trusting, server.url("/")))).isInstanceOf(FetchException.class);
        }
    }

    @Test
    void closesTheConnectionWhenItIsInterrupted() throws Exception {
        try (LoopbackServer server = LoopbackServer.with((request, out) -> {
            LoopbackServer.head(out, "HTTP/1.1 200 OK");
            out.write('.');
            out.flush();
            while (true) {
                TimeUnit.MILLISECONDS.sleep(50);
                out.write(new byte[0]);
                out.write('.');
                out.flush();
            }
        })) {
            Fetcher trusting = trusting(server);
            CompletableFuture<Throwable> thrown = new CompletableFuture<>();
            Thread reader = Thread.ofVirtual().start(() -> {
                try {
                    text(trusting.open(server.url("/"), Preferences.NONE, Duration.ofMinutes(1)));
                } catch (Throwable e) {
                    thrown.complete(e);
                }
            });
            while (server.requests().isEmpty()) {
                TimeUnit.MILLISECONDS.sleep(10);
            }

            reader.interrupt();

            assertThat(thrown.get(5, TimeUnit.SECONDS))
                    .isInstanceOfAny(InterruptedIOException.class, InterruptedException.class);
            assertThat(server.wasLeft()).isTrue();
        }
    }

    @Test
    void usesNoConnectionTwice() throws Exception {
        AtomicInteger count = new AtomicInteger();
        try (LoopbackServer server = LoopbackServer.with((request, out) -> {
            byte[] body = String.valueOf(count.incrementAndGet()).getBytes(UTF_8);
            LoopbackServer.head(out, "HTTP/1.1 200 OK", "Connection: keep-alive", "Content-Length: " + body.length);
            out.write(body);
            out.flush();
            TimeUnit.SECONDS.sleep(1);
        })) {
            Fetcher trusting = trusting(server);

            text(open(trusting, server.url("/")));
            text(open(trusting, server.url("/")));

            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void serversThatHoldTheirConnectionsKeepNobodyElseWaiting() throws Exception {
        try (LoopbackServer server = LoopbackServer.with((request, out) -> {
            if (request.line().contains("/held")) {
                TimeUnit.SECONDS.sleep(20);
            }
            LoopbackServer.saying("text/plain", "free").answer(request, out);
        })) {
            Fetcher trusting = trusting(server);
            List<Thread> held = IntStream.range(0, 50)
                    .mapToObj(i -> Thread.ofVirtual().start(() -> {
                        try {
                            open(trusting, server.url("/held"));
                        } catch (Exception e) {
                            // ended below
                        }
                    }))
                    .toList();
            while (server.connections() < 50) {
                TimeUnit.MILLISECONDS.sleep(10);
            }

            assertThat(text(open(trusting, server.url("/")))).isEqualTo("free");

            held.forEach(Thread::interrupt);
        }
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
