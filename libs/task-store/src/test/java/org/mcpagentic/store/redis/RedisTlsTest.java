package org.mcpagentic.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLHandshakeException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mcpagentic.localredis.FreePort;
import org.mcpagentic.localredis.LocalRedis;
import org.mcpagentic.localredis.LocalRedisException;

/** Which Redis the clients speak to over TLS; it wants to know who they are too. */
class RedisTlsTest {

    private static Vertx vertx;
    private static Certificate server;
    private static Certificate client;
    private static Certificate stranger;
    private static int port;
    private static LocalRedis redis;

    @BeforeAll
    static void start(@TempDir Path folder) {
        vertx = Vertx.vertx();
        server = Certificate.forName("localhost", folder.resolve("server"));
        client = Certificate.forName("client", folder.resolve("client"));
        stranger = Certificate.forName("localhost", folder.resolve("stranger"));
        port = FreePort.any();
        try {
            redis = LocalRedis.builder()
                    .installedFirst()
                    .option("tls-port", Integer.toString(port))
                    .option("tls-cert-file", server.certificate().toString())
                    .option("tls-key-file", server.key().toString())
                    .option("tls-ca-cert-file", client.certificate().toString())
                    .start();
        } catch (LocalRedisException e) {
            abort("needs a Redis with TLS; neither the installed nor the carried one has it: " + e.getMessage());
        }
    }

    @AfterAll
    static void stop() {
        if (redis != null) {
            redis.close();
        }
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void speaksToTheRedisWhoseAuthorityItTrusts() {
        assertThat(ping("localhost", files(server, client))).hasToString("PONG");
    }

    @Test
    void refusesACertificateOfAnotherName() {
        assertUntrusted(() -> ping("127.0.0.1", files(server, client)));
    }

    @Test
    void refusesACertificateThatNobodyKnows() {
        assertUntrusted(() -> ping("localhost", Map.of()));
    }

    @Test
    void refusesACertificateOfAnotherAuthority() {
        assertUntrusted(() -> ping("localhost", files(stranger, client)));
    }

    @Test
    void isNotServedWithoutACertificateOfItsOwn() {
        assertThatThrownBy(() -> ping(
                        "localhost",
                        Map.of("redis.ca-file", server.certificate().toString())))
                .isInstanceOf(CompletionException.class);
    }

    @Test
    void wantsFilesThatAreThere() {
        assertRefused(
                "rediss://localhost:1", Map.of("redis.ca-file", "/no/such.pem"), "store.redis.ca-file cannot be read");
    }

    @Test
    void wantsTlsWhereFilesForItAreNamed() {
        assertRefused("redis://localhost:1", files(server, client), "does not begin with rediss");
    }

    @Test
    void wantsACertificateWithItsKey() {
        assertRefused(
                "rediss://localhost:1",
                Map.of("redis.key-file", client.key().toString()),
                "store.redis.certificate-file and store.redis.key-file go together");
    }

    private static Map<String, String> files(Certificate trusted, Certificate own) {
        return Map.of(
                "redis.ca-file", trusted.certificate().toString(),
                "redis.certificate-file", own.certificate().toString(),
                "redis.key-file", own.key().toString());
    }

    private static Response ping(String host, Map<String, String> settings) {
        Redis connection = Redis.createClient(vertx, options("rediss://" + host + ":" + port, settings));
        try {
            return connection
                    .send(Request.cmd(Command.PING))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        } finally {
            connection.close();
        }
    }

    /** As Quarkus makes them: verification of names is off before they are customized. */
    private static RedisOptions options(String url, Map<String, String> settings) {
        RedisOptions options = new RedisOptions()
                .addConnectionString(url)
                .setNetClientOptions(
                        new NetClientOptions().setSsl(url.startsWith("rediss")).setHostnameVerificationAlgorithm(""));
        new RedisTls(TestStore.config(settings)).customize("<default>", options);
        return options;
    }

    private static void assertUntrusted(ThrowingCallable call) {
        assertThatThrownBy(call).hasStackTraceContaining(SSLHandshakeException.class.getName());
    }

    private static void assertRefused(String url, Map<String, String> settings, String why) {
        assertThatThrownBy(() -> options(url, settings))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(why);
    }
}
