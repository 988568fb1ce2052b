package org.mcpagentic.models.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mcpagentic.agent.model.ModelException;
import org.mcpagentic.agent.model.ModelException.Kind;

class WireTlsTest {

    private static Path authority;
    private static Vertx vertx;
    private static HttpServer server;

    /** What the server says, which is the version of HTTP. */
    private record Said() implements AnswerReader<String> {
        @Override
        public boolean read(String payload, Consumer<? super String> out) {
            out.accept(payload);
            return false;
        }

        @Override
        public void end(Consumer<? super String> out) {}

        @Override
        public ModelException refused(Refusal refusal) {
            return new Failures("stub").cut();
        }
    }

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException, InterruptedException {
        Path store = folder.resolve("server.p12");
        authority = folder.resolve("authority.pem");
        keytool(
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                "password");
        keytool(
                "-exportcert",
                "-rfc",
                "-alias",
                "server",
                "-file",
                authority.toString(),
                "-keystore",
                store.toString(),
                "-storepass",
                "password");
        vertx = Vertx.vertx();
        server = vertx.createHttpServer(new HttpServerOptions()
                        .setHost("127.0.0.1")
                        .setSsl(true)
                        .setUseAlpn(true)
                        .setKeyCertOptions(
                                new PfxOptions().setPath(store.toString()).setPassword("password")))
                .requestHandler(
                        request -> request.response().end(request.version().name()))
                .listen(0)
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    @AfterAll
    static void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void speaksTlsWithAServerWhoseAuthorityItTrusts(boolean http2) {
        AssertSubscriber<String> heard = ask("localhost", server.actualPort(), http2, Optional.of(authority));

        heard.awaitCompletion(Duration.ofSeconds(10));

        assertThat(heard.getItems()).containsExactly(http2 ? "HTTP_2" : "HTTP_1_1");
    }

    @Test
    void refusesACertificateThatNobodyKnows() {
        ModelException failure = failure(ask("localhost", server.actualPort(), false, Optional.empty()));

        assertThat(failure.kind()).isEqualTo(Kind.PERMANENT);
        assertThat(failure)
                .hasMessage("the model \"stub\" cannot be reached: the certificate of localhost is not trusted");
    }

    @Test
    void refusesACertificateOfAnotherName() {
        ModelException failure = failure(ask("127.0.0.1", server.actualPort(), false, Optional.of(authority)));

        assertThat(failure.kind()).isEqualTo(Kind.PERMANENT);
        assertThat(failure)
                .hasMessage("the model \"stub\" cannot be reached: the certificate of 127.0.0.1 is not trusted");
    }

    @Test
    void callsAServerWithoutTlsUnavailable() {
        try (RawServer plain = RawServer.answering(line -> line.send("HTTP/1.1 400 Bad\r\n\r\n"))) {
            ModelException failure = failure(ask("localhost", plain.port(), false, Optional.of(authority)));

            assertThat(failure.kind()).isEqualTo(Kind.TRANSIENT);
        }
    }

    private static AssertSubscriber<String> ask(String host, int port, boolean http2, Optional<Path> authorities) {
        WireSettings settings = new WireSettings(Duration.ofSeconds(5), 10, 1 << 16, 1 << 16, http2, authorities);
        return new WireClient(vertx, settings, InstantSource.system())
                .post(
                        new WireRequest(
                                "stub", URI.create("https://" + host + ":" + port), Map.of(), Buffer.buffer("{}")),
                        Said::new)
                .subscribe()
                .withSubscriber(AssertSubscriber.create(Long.MAX_VALUE));
    }

    private static ModelException failure(AssertSubscriber<String> heard) {
        heard.awaitFailure(Duration.ofSeconds(10));
        return (ModelException) heard.getFailure();
    }

    private static void keytool(String... arguments) throws IOException, InterruptedException {
        String[] command = new String[arguments.length + 1];
        command[0] = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }
}
