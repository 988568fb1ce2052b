package org.mcpagentic.custommcp.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.builder.RequestSpecBuilder;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mcpagentic.access.audit.AuditEvent;
import org.mcpagentic.access.audit.AuditLog;
import org.mcpagentic.access.audit.command.Main;
import org.mcpagentic.custommcp.support.AccessOn;
import org.mcpagentic.custommcp.support.Tasks;
import org.mcpagentic.store.TenantId;
import org.mcpagentic.testsupport.Metrics;
import org.mcpagentic.testsupport.RedisOfTests;
import org.mcpagentic.testsupport.Until;

/** The trail over HTTP, sealed by the service itself. */
@QuarkusTest
@WithTestResource(RedisOfTests.class)
@TestProfile(WithSecret.class)
@Timeout(60)
class AuditResourceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Inject
    AuditLog log;

    @BeforeEach
    void askAsTheFirstKey() {
        AccessOn.first();
        RestAssured.requestSpecification = new RequestSpecBuilder()
                .setAuth(RestAssured.oauth2(AccessOn.FIRST.text()))
                .build();
    }

    @AfterEach
    void askAsNobody() {
        RestAssured.requestSpecification = null;
    }

    @ConfigProperty(name = "quarkus.redis.hosts")
    String redis = "";

    @Test
    void whatCallersDidIsListedNewestFirst() {
        String id = Tasks.create("What is 6 * 7?", "calculator");
        Tasks.cancel(id);

        JsonPath list = list("limit=2");

        assertThat(list.getList("items.action", String.class)).containsExactly("task.cancel", "task.create");
        assertThat(list.getList("items.target", String.class)).containsExactly(id, id);
        assertThat(list.getList("items.actor", String.class)).containsOnly(AccessOn.idOf(AccessOn.FIRST.text()));
        assertThat(list.getString("items[0].at")).matches("20.*Z");
        assertThat(list.getString("next_cursor")).matches("[0-9]+-[0-9]+");
    }

    @Test
    void pagesFollowEachOther() {
        String first = Tasks.create("What is 1 + 1?", "calculator");
        String second = Tasks.create("What is 1 + 2?", "calculator");

        JsonPath newest = list("limit=1");
        JsonPath next = list("limit=1&cursor=" + newest.getString("next_cursor"));

        assertThat(newest.getString("items[0].target")).isEqualTo(second);
        assertThat(next.getString("items[0].target")).isEqualTo(first);
    }

    @Test
    void entriesAreSealedSoon() {
        String id = Tasks.create("What is 2 + 2?", "calculator");

        Until.holds("sealed", PATIENCE, () -> isSealed(id));

        assertThat(Metrics.scrape().names())
                .contains(
                        "audit_entries_sealed_total", "audit_seal_failures_total", "audit_unsealed_oldest_age_seconds");
    }

    @Test
    void theStartIsWrittenDownWithTheNamesOfItsSettings() {
        Until.holds("written", PATIENCE, () -> !starts().isEmpty());

        assertThat(starts().getFirst())
                .matches("digest=[0-9a-f]{64} settings=.*access\\.secret.*")
                .doesNotContain(WithSecret.SECRET);
    }

    @Test
    void actorsAndActionsCanBeChosen() {
        log.append(new AuditEvent(TenantId.DEFAULT, "k-7", "key.revoke", "k-8", ""))
                .await()
                .atMost(PATIENCE);
        Tasks.create("What is 2 + 3?", "calculator");

        assertThat(list("actor=k-7").getList("items.target", String.class)).containsExactly("k-8");
        assertThat(list("action=key.revoke").getList("items.target", String.class))
                .containsExactly("k-8");
    }

    @Test
    void anotherTenantsEntriesAreNotShown() {
        log.append(new AuditEvent(new TenantId("other"), "k-9", "key.create", "theirs", ""))
                .await()
                .atMost(PATIENCE);

        assertThat(list("limit=200").getList("items.target", String.class)).doesNotContain("theirs");
    }

    @ParameterizedTest
    @CsvSource({
        "limit,0",
        "limit,201",
        "limit,many",
        "cursor,x",
        "cursor,1",
        "actor,caf\u00e9",
        "action,Key",
        "action,key.create now"
    })
    void parametersThatCannotBeAreRefused(String name, String value) {
        RestAssured.given()
                .queryParam(name, value)
                .get("/admin/audit")
                .then()
                .statusCode(400)
                .body("code", equalTo("bad_parameter"));
    }

    @Test
    void nothingFoundIsAnEmptyList() {
        RestAssured.get("/admin/audit?actor=nobody").then().statusCode(200).body("items", hasSize(0));
    }

    @Test
    void theServicesTrailIsVerified() {
        String id = Tasks.create("What is 2 + 4?", "calculator");
        Until.holds("sealed", PATIENCE, () -> isSealed(id));
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        int status = Main.run(
                new String[] {"verify"},
                Map.of("REDIS_URL", redis, "ACCESS_SECRET", WithSecret.SECRET),
                out,
                System.err);

        assertThat(status).as(out.toString(StandardCharsets.UTF_8)).isZero();
    }

    private static List<String> starts() {
        return list("action=service.start").getList("items.detail", String.class);
    }

    private static boolean isSealed(String id) {
        return list("limit=20")
                        .getList("items.findAll { it.target == '" + id + "' && it.sealed && it.mac != null }")
                        .size()
                == 1;
    }

    private static JsonPath list(String query) {
        return RestAssured.get("/admin/audit?" + query)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }
}
