package org.mcpagentic.edge.headers;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A service that speaks TLS itself. */
@QuarkusTest
@WithTestResource(StrictTransportTest.OwnCertificate.class)
class StrictTransportTest {

    @TestHTTPResource(value = "/", tls = true)
    @SuppressWarnings("NullAway.Init") // why: Quarkus fills it
    URI tls;

    @ParameterizedTest
    @CsvSource({"/no/such/path,404", "/unlisted,404"})
    void whoeverComesByTlsIsToldToComeByTlsAlways(String path, int status) {
        RestAssured.given()
                .relaxedHTTPSValidation()
                .get(tls.resolve(path))
                .then()
                .statusCode(status)
                .header("Strict-Transport-Security", "max-age=31536000");
    }

    @Test
    void whoeverComesWithoutIsToldNothing() {
        RestAssured.get("/no/such/path").then().statusCode(404).header("Strict-Transport-Security", (String) null);
    }

    /** A key that the JDK makes. */
    public static final class OwnCertificate implements QuarkusTestResourceLifecycleManager {

        @Override
        public Map<String, String> start() {
            try {
                Path store = Files.createTempDirectory("tls-of-tests-").resolve("keys.p12");
                Process keytool = new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-alias",
                                "edge",
                                "-keyalg",
                                "EC",
                                "-dname",
                                "CN=localhost",
                                "-storetype",
                                "PKCS12",
                                "-storepass",
                                "of-the-tests",
                                "-keystore",
                                store.toString())
                        .redirectErrorStream(true)
                        .start();
                if (keytool.waitFor() != 0) {
                    throw new IllegalStateException(
                            new String(keytool.getInputStream().readAllBytes(), UTF_8));
                }
                return Map.of(
                        "quarkus.http.ssl.certificate.key-store-file", store.toString(),
                        "quarkus.http.ssl.certificate.key-store-password", "of-the-tests",
                        "quarkus.http.test-ssl-port", "0",
                        "quarkus.http.insecure-requests", "enabled");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void stop() {}
    }
}
