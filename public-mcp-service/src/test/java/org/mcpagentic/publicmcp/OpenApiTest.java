package org.mcpagentic.publicmcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.mcpagentic.testsupport.RedisOfTests;

/** The description of the API that is checked in is the one that the service gives. */
@QuarkusTest
@WithTestResource(RedisOfTests.class)
class OpenApiTest {

    private static final Path CHECKED_IN = Path.of("../docs/reference/openapi/public-mcp-service.yaml");

    @Test
    void theDocumentThatIsCheckedInIsTheServices() throws IOException {
        String served =
                RestAssured.get("/q/openapi").then().statusCode(200).extract().asString();
        if (Boolean.getBoolean("openapi.update")) {
            Files.createDirectories(CHECKED_IN.getParent());
            Files.writeString(CHECKED_IN, served);
        }

        assertThat(CHECKED_IN)
                .as("`make openapi` writes what the services say now; look at the difference before you commit it")
                .content()
                .isEqualTo(served);
    }
}
