package org.mcpagentic.custommcp.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mcpagentic.custommcp.support.AccessOn;
import org.mcpagentic.testsupport.RedisOfTests;

/** What {@code make key} runs, against the service. */
@QuarkusTest
@TestProfile(AccessOn.class)
@WithTestResource(RedisOfTests.class)
@Timeout(120)
class KeyCommandTest {

    @TempDir
    Path folder = Path.of("");

    @Test
    void keysAreMadeListedRotatedAndRevoked() {
        AccessOn.first();
        String admin = AccessOn.FIRST.text();
        String tenant = "t-" + UUID.randomUUID();

        assertThat(run(admin, "DO=tenant", "TENANT=" + tenant).status()).isZero();
        Ended made = run(
                admin,
                "DO=create",
                "NAME=Bob's \"laptop\" \\",
                "SCOPES=tasks:read, statistics:read",
                "TENANT=" + tenant,
                "EXPIRES=2999-01-01T00:00:00Z");
        JsonPath key = JsonPath.from(made.out());
        Ended listed = run(admin, "TENANT=" + tenant);
        Ended rotated = run(admin, "DO=rotate", "ID=" + key.getString("key_id"), "GRACE=60");
        Ended revoked = run(admin, "DO=revoke", "ID=" + key.getString("key_id"));

        assertThat(key.getString("name")).isEqualTo("Bob's \"laptop\" \\");
        assertThat(key.getList("scopes")).isEqualTo(List.of("statistics:read", "tasks:read"));
        assertThat(JsonPath.from(listed.out()).getList("items.key_id")).isEqualTo(List.of(key.getString("key_id")));
        assertThat(JsonPath.from(rotated.out()).getString("token")).isNotEqualTo(key.getString("token"));
        assertThat(revoked).isEqualTo(new Ended(0, "", ""));
        AccessOn.as(key.getString("token")).get("/stats").then().statusCode(401);
    }

    @Test
    void whatTheServiceRefusesIsSaidWithoutTheKey() {
        AccessOn.first();

        Ended refused = run(AccessOn.FIRST.text(), "DO=create", "NAME=x", "SCOPES=everything");

        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.err()).startsWith("key: 422 ").contains("scopes[0]");
        assertThat(refused.out() + refused.err()).doesNotContain(AccessOn.FIRST.secret());
    }

    @Test
    void wrongUseIsExplained() {
        List<Ended> misused = List.of(
                run("", "DO=list"),
                run("mcpk-x", "DO=erase"),
                run("mcpk-x", "DO=create", "NAME=x"),
                run("mcpk-x", "DO=rotate"),
                run("mcpk-x", "MCP_KEY=y"));

        assertThat(misused).allSatisfy(ended -> {
            assertThat(ended.status()).isEqualTo(2);
            assertThat(ended.err()).contains("usage: make key");
        });
    }

    private Ended run(String key, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "../scripts/Key.java"));
        command.addAll(List.of(arguments));
        try {
            Path out = Files.createTempFile(folder, "out", "");
            Path err = Files.createTempFile(folder, "err", "");
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
            builder.environment().putAll(Map.of("MCP_URL", "http://localhost:" + RestAssured.port, "MCP_KEY", key));
            Process process = builder.start();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return new Ended(
                    process.exitValue(),
                    Files.readString(out, StandardCharsets.UTF_8),
                    Files.readString(err, StandardCharsets.UTF_8));
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("the command did not run", e);
        }
    }

    private record Ended(int status, String out, String err) {}
}
