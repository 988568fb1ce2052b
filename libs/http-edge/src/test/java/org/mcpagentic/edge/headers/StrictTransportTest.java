package org.mcpagentic.edge.headers;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mcpagentic.edge.OwnKey;

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
            return Map.of(
                    "quarkus.http.ssl.certificate.key-store-file",
                    OwnKey.store().toString(),
                    "quarkus.http.ssl.certificate.key-store-password",
                    OwnKey.PASSWORD,
                    "quarkus.http.test-ssl-port",
                    "0",
                    "quarkus.http.insecure-requests",
                    "enabled");
        }

        @Override
        public void stop() {}
    }
}
