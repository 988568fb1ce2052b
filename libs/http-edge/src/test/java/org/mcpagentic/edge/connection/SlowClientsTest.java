package org.mcpagentic.edge.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mcpagentic.edge.OwnKey;

/** Slow clients of a server as Vert.x sets it up, with a second for a head and for some of an answer. */
@Timeout(30)
class SlowClientsTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final int LARGE = 64 << 20;

    private static Vertx vertx;
    private static HttpServer server;
    private static HttpServer secure;

    @BeforeAll
    static void start() throws Exception {
        System.setProperty(SlowClients.HEAD_TIMEOUT, SECOND.toString());
        System.setProperty(SlowClients.READ_TIMEOUT, SECOND.toString());
        System.setProperty("io.netty.bootstrap.extensions", "serviceload");
        vertx = Vertx.vertx();
        server = listening(new HttpServerOptions());
        secure = listening(new HttpServerOptions()
                .setSsl(true)
                .setKeyCertOptions(
                        new PfxOptions().setPath(OwnKey.store().toString()).setPassword(OwnKey.PASSWORD)));
    }

    /** As the services listen: for HTTP/1.1 alone. */
    private static HttpServer listening(HttpServerOptions options) throws Exception {
        return vertx.createHttpServer(options.setHttp2ClearTextEnabled(false).setUseAlpn(false))
                .requestHandler(SlowClientsTest::answer)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    private static void answer(HttpServerRequest request) {
        switch (request.path()) {
            case "/large" -> request.response().end(Buffer.buffer(new byte[LARGE]));
            case "/slow" -> vertx.setTimer(2_500, id -> request.response().end("late"));
            default -> request.body().onSuccess(body -> request.response().end("got " + body.length()));
        }
    }

    @AfterAll
    static void stop() {
        vertx.close();
        System.clearProperty("io.netty.bootstrap.extensions");
    }

    @Test
    void aHeadThatDripsIsAnsweredByATimeout() throws IOException {
        try (Socket client = connect()) {
            send(client, "GET / HTTP/1.1\r\nHost: a\r\n");

            long begin = System.nanoTime();
            String answer = drip(client, "X-A: b\r\n");

            assertThat(answer).startsWith("HTTP/1.1 408 ");
            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .isBetween(Duration.ofMillis(500), SECOND.multipliedBy(4));
        }
    }

    @Test
    void aConnectionThatIsNotUsedIsClosedWithoutAWord() throws IOException {
        try (Socket client = connect()) {
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void aSecondHeadThatDripsIsAnsweredByATimeoutToo() throws IOException {
        try (Socket client = connect()) {
            send(client, "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(line(client)).isEqualTo("HTTP/1.1 200 OK");
            client.getInputStream().skipNBytes(client.getInputStream().available());

            send(client, "GET / HT");

            assertThat(drip(client, "T")).contains("HTTP/1.1 408 ");
        }
    }

    @Test
    void aConnectionMayRestBetweenTwoRequests() throws Exception {
        try (Socket client = connect()) {
            for (int i = 0; i < 2; i++) {
                send(client, "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
                assertThat(line(client)).isEqualTo("HTTP/1.1 200 OK");
                Thread.sleep(SECOND.toMillis() * 3 / 2);
                client.getInputStream().skipNBytes(client.getInputStream().available());
            }
        }
    }

    @Test
    void anAnswerAndABodyMayTakeLongerThanAHead() throws Exception {
        try (Socket client = connect()) {
            send(client, "GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(line(client)).isEqualTo("HTTP/1.1 200 OK");
        }
        try (Socket client = connect()) {
            send(client, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nab");
            Thread.sleep(SECOND.toMillis() * 3 / 2);
            send(client, "cd");
            assertThat(line(client)).isEqualTo("HTTP/1.1 200 OK");
        }
    }

    @Test
    void aClientThatLeavesAnAnswerUnreadIsLeft() throws Exception {
        try (Socket client = connect()) {
            send(client, "GET /large HTTP/1.1\r\nHost: a\r\n\r\n");
            Thread.sleep(SECOND.toMillis() * 3);

            assertThat(readAll(client)).isLessThan(LARGE);
        }
    }

    @Test
    void aClientThatReadsSlowlyGetsAllOfIt() throws Exception {
        try (Socket client = connect()) {
            send(client, "GET /large HTTP/1.1\r\nHost: a\r\n\r\n");
            long read = 0;
            for (int i = 0; i < 12; i++) {
                // why slow only for a while: the test need not take longer
                Thread.sleep(300);
                read += client.getInputStream().readNBytes(1 << 20).length;
            }

            assertThat(read + readAll(client)).isGreaterThanOrEqualTo(LARGE);
        }
    }

    @Test
    void aHeadThatDripsByTlsIsAnsweredByATimeout() throws Exception {
        try (Socket client = connectByTls()) {
            send(client, "GET / HTTP/1.1\r\nHost: a\r\n");

            assertThat(drip(client, "X-A: b\r\n")).startsWith("HTTP/1.1 408 ");
        }
    }

    @Test
    void aConnectionByTlsMayRestBetweenTwoRequests() throws Exception {
        try (Socket client = connectByTls()) {
            for (int i = 0; i < 2; i++) {
                send(client, "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
                assertThat(line(client)).isEqualTo("HTTP/1.1 200 OK");
                Thread.sleep(SECOND.toMillis() * 3 / 2);
                client.getInputStream().skipNBytes(client.getInputStream().available());
            }
        }
    }

    private static Socket connectByTls() throws Exception {
        SSLContext trusting = SSLContext.getInstance("TLS");
        trusting.init(null, new TrustManager[] {new TrustingAll()}, null);
        SSLSocket socket = (SSLSocket)
                trusting.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), secure.actualPort());
        socket.setSoTimeout(10_000);
        socket.startHandshake();
        return socket;
    }

    private static Socket connect() throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(64 * 1024);
        socket.setSoTimeout(10_000);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.actualPort()));
        return socket;
    }

    private static void send(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Sends a piece every 100 ms until the server has had enough, and returns what it said. */
    private static String drip(Socket client, String piece) {
        StringBuilder answer = new StringBuilder();
        try {
            client.setSoTimeout(100);
            while (true) {
                try {
                    int c = client.getInputStream().read();
                    if (c < 0) {
                        return answer.toString();
                    }
                    answer.append((char) c);
                } catch (java.net.SocketTimeoutException quiet) {
                    send(client, piece);
                }
            }
        } catch (IOException closed) {
            return answer.toString();
        }
    }

    private static String line(Socket client) throws IOException {
        StringBuilder line = new StringBuilder();
        InputStream in = client.getInputStream();
        for (int c = in.read(); c != '\r' && c >= 0; c = in.read()) {
            line.append((char) c);
        }
        return line.toString();
    }

    private static long readAll(Socket client) {
        long read = 0;
        byte[] buffer = new byte[1 << 16];
        try {
            for (int n = client.getInputStream().read(buffer);
                    n >= 0;
                    n = client.getInputStream().read(buffer)) {
                read += n;
                if (read >= LARGE) {
                    return read;
                }
            }
        } catch (IOException reset) {
            return read;
        }
        return read;
    }

    /** For a server whose key nobody signed. */
    private static final class TrustingAll extends X509ExtendedTrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
