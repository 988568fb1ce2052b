package org.mcpagentic.custommcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLHandshakeException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mcpagentic.custommcp.support.PemCertificate;
import org.mcpagentic.localredis.FreePort;
import org.mcpagentic.localredis.LocalRedis;
import org.mcpagentic.localredis.LocalRedisException;
import org.mcpagentic.testsupport.Until;

/** All at once: HTTPS, TLS to Redis as a user with a password, and nothing that people write in plain text in it. */
@QuarkusTest
@WithTestResource(EncryptedServiceTest.Surroundings.class)
@TestProfile(EncryptedServiceTest.Https.class)
@Timeout(120)
class EncryptedServiceTest {

    /** The one that a service is started with where it shall serve HTTPS. */
    public static final class Https implements QuarkusTestProfile {
        @Override
        public String getConfigProfile() {
            return "test,https";
        }
    }

    /** Certificates made on the fly, and a Redis with TLS where there is one. */
    public static final class Surroundings implements QuarkusTestResourceLifecycleManager {

        static final Path FOLDER = temporary();
        static final PemCertificate FIRST = PemCertificate.forName("localhost", FOLDER.resolve("first"));
        static final PemCertificate SECOND = PemCertificate.forName("localhost", FOLDER.resolve("second"));

        private @Nullable LocalRedis redis;
        private boolean tls;

        private static Path temporary() {
            try {
                return Files.createTempDirectory("encrypted-service-");
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public Map<String, String> start() {
            PemCertificate served = new PemCertificate(FOLDER.resolve("tls.crt"), FOLDER.resolve("tls.key"));
            FIRST.copyTo(served);
            int port = FreePort.any();
            LocalRedis started = startWithTls(port);
            redis = started;
            started.command("ACL", "SETUSER", "agents", "on", ">s3cret", "~*", "&*", "+@all");
            String url = tls
                    ? "rediss://agents:s3cret@localhost:" + port
                    : "redis://agents:s3cret@localhost:" + started.port();
            return Map.of(
                    "REDIS_URL",
                    url,
                    "REDIS_CA_FILE",
                    tls ? FIRST.certificate().toString() : "",
                    "HTTPS_CERTIFICATE_FILE",
                    served.certificate().toString(),
                    "HTTPS_KEY_FILE",
                    served.key().toString(),
                    "HTTPS_RELOAD_PERIOD",
                    "1s",
                    "store.encryption.keys",
                    "first:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
        }

        private LocalRedis startWithTls(int port) {
            try {
                LocalRedis started = LocalRedis.builder()
                        .installedFirst()
                        .option("tls-port", Integer.toString(port))
                        .option("tls-cert-file", FIRST.certificate().toString())
                        .option("tls-key-file", FIRST.key().toString())
                        .option("tls-ca-cert-file", FIRST.certificate().toString())
                        .option("tls-auth-clients", "no")
                        .start();
                tls = true;
                return started;
            } catch (LocalRedisException e) {
                // why not a failure: HTTPS can be tested all the same; what needs the other says that it does
                return LocalRedis.start();
            }
        }

        @Override
        public void inject(TestInjector injector) {
            injector.injectIntoFields(redis, new TestInjector.MatchesType(LocalRedis.class));
        }

        @Override
        public void stop() {
            if (redis != null) {
                redis.close();
            }
        }
    }

    @SuppressWarnings("NullAway.Init") // why: the test's machinery injects it
    @TestHTTPResource(value = "/", tls = true)
    URI https;

    @Inject
    @ConfigProperty(name = "REDIS_URL")
    String redisUrl;

    @SuppressWarnings("NullAway.Init") // why: the test resource injects it
    LocalRedis redis;

    @Test
    void servesHttpsInItsFirstVersionAndNoHttp() throws Exception {
        HttpResponse<String> response = get(Surroundings.FIRST, at("/stats"));
        URI http = URI.create("http://localhost:" + https.getPort() + "/stats");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
        assertThatThrownBy(() -> get(Surroundings.FIRST, http)).isInstanceOf(IOException.class);
    }

    @Test
    void servesANewCertificateWithoutARestart() throws Exception {
        assertThat(get(Surroundings.FIRST, at("/stats")).statusCode()).isEqualTo(200);
        assertThatThrownBy(() -> get(Surroundings.SECOND, at("/stats"))).isInstanceOf(SSLHandshakeException.class);

        serve(Surroundings.SECOND);

        assertThatThrownBy(() -> get(Surroundings.FIRST, at("/stats"))).isInstanceOf(SSLHandshakeException.class);
        serve(Surroundings.FIRST);
    }

    @Test
    void keepsNothingOfATaskInPlainText() throws Exception {
        HttpResponse<String> created = send(
                Surroundings.FIRST,
                HttpRequest.newBuilder(at("/task"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(
                                "{\"input\": \"planted words\", \"tools\": [\"calculator\"]}")));
        URI location = at(created.headers().firstValue("Location").orElseThrow());
        String id = location.getPath().substring(location.getPath().lastIndexOf('/') + 1);

        String stored = redis.command("HGET", "mcp:{0}:task:" + id, "private");

        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(get(Surroundings.FIRST, location).body()).contains("planted words");
        assertThat(stored).startsWith("x:first:").doesNotContain("planted");
    }

    @Test
    void speaksTlsToRedisAsItsUser() {
        assumeTrue(
                redisUrl.startsWith("rediss"),
                "needs a Redis with TLS; neither the installed nor the carried one has it");

        assertThat(redis.command("CLIENT", "LIST").lines().filter(client -> client.contains("user=agents")))
                .hasSizeGreaterThanOrEqualTo(3)
                .allMatch(client -> client.contains(
                        "laddr=127.0.0.1:" + URI.create(redisUrl).getPort() + " "));
    }

    /** Puts the files in their place and waits until they are served. */
    private void serve(PemCertificate certificate) {
        certificate.copyTo(
                new PemCertificate(Surroundings.FOLDER.resolve("tls.crt"), Surroundings.FOLDER.resolve("tls.key")));
        Until.holds("the certificate is served", Duration.ofSeconds(30), () -> isServed(certificate));
    }

    private boolean isServed(PemCertificate certificate) {
        try {
            return get(certificate, at("/stats")).statusCode() == 200;
        } catch (Exception e) {
            return false;
        }
    }

    /** Not where the test's machinery says, which is an address, and no certificate is made for one. */
    private URI at(String path) {
        return URI.create("https://localhost:" + https.getPort()).resolve(path);
    }

    private static HttpResponse<String> get(PemCertificate trusted, URI uri) throws Exception {
        return send(trusted, HttpRequest.newBuilder(uri).GET());
    }

    private static HttpResponse<String> send(PemCertificate trusted, HttpRequest.Builder request)
            throws IOException, InterruptedException, GeneralSecurityException {
        try (HttpClient client =
                HttpClient.newBuilder().sslContext(trusted.trust()).build()) {
            return client.send(request.build(), BodyHandlers.ofString());
        }
    }
}
