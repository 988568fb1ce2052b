package org.mcpagentic.custommcp.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.mcpagentic.custommcp.support.AccessOn.as;
import static org.mcpagentic.custommcp.support.AccessOn.first;
import static org.mcpagentic.custommcp.support.AccessOn.idOf;
import static org.mcpagentic.custommcp.support.AccessOn.key;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mcpagentic.access.token.Token;
import org.mcpagentic.custommcp.support.AccessOn;
import org.mcpagentic.custommcp.support.AccessRecorded;
import org.mcpagentic.custommcp.support.RecordingAudit;
import org.mcpagentic.testsupport.RedisOfTests;

/** Keys over HTTP, from the first one on. */
@QuarkusTest
@TestProfile(AccessRecorded.class)
@WithTestResource(RedisOfTests.class)
@Timeout(60)
class KeyTest {

    @Inject
    RecordingAudit audit;

    @Test
    void aKeyIsMadeShownOnceAndUsed() {
        JsonPath made = first().body("""
                        {"name":"build server","scopes":["tasks:read","statistics:read","tools:not_here_yet"],
                         "limits":{"requests_per_minute":600,"concurrent_tasks":5,"concurrent_questions":2,
                                   "tokens_per_day":1000000,"cost_per_day":12.50},
                         "expires_at":"2999-12-31T23:59:59Z"}
                        """)
                .post("/admin/key")
                .then()
                .statusCode(201)
                .header("Cache-Control", "no-store")
                .extract()
                .jsonPath();
        String id = made.getString("key_id");
        String token = made.getString("token");

        assertThat(id).isEqualTo(idOf(token));
        as(token).get("/stats").then().statusCode(200);
        as(token).post("/task").then().statusCode(403).body("code", equalTo("insufficient_scope"));
        JsonPath read = first().get("/admin/key/{key}", id)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        assertThat(read.getMap("$")).doesNotContainKey("token");
        assertThat(read.getString("name")).isEqualTo("build server");
        assertThat(read.getString("tenant")).isEqualTo("default");
        assertThat(read.getString("created_by")).isEqualTo(idOf(AccessOn.FIRST.text()));
        assertThat(read.getList("scopes")).isEqualTo(List.of("statistics:read", "tasks:read", "tools:not_here_yet"));
        assertThat(read.getMap("limits"))
                .isEqualTo(Map.of(
                        "requests_per_minute", 600,
                        "concurrent_tasks", 5,
                        "concurrent_questions", 2,
                        "tokens_per_day", 1_000_000,
                        "cost_per_day", 12.5f));
        assertThat(read.getString("expires_at")).isEqualTo("2999-12-31T23:59:59.000Z");
        assertThat(read.getString("last_used_at")).isNotBlank();
        assertThat(audit.of(id))
                .containsExactly("default " + idOf(AccessOn.FIRST.text())
                        + " key.create [scopes statistics:read tasks:read tools:not_here_yet]");
    }

    @Test
    void whereAKeyIsReadIsSaid() {
        String id = first().body(Map.of("name", "x", "scopes", List.of("ask")))
                .post("/admin/key")
                .then()
                .statusCode(201)
                .header("Location", endsWith("key/" + lastMade()))
                .extract()
                .path("key_id");

        assertThat(id).isEqualTo(lastMade());
    }

    @Test
    void theFirstKeyIsWrittenDownAsTheConfigurations() {
        first();

        assertThat(audit.of(idOf(AccessOn.FIRST.text())))
                .singleElement()
                .asString()
                .startsWith("default configuration key.create [scopes ");
    }

    @Test
    void aChangeChangesWhatItNames() {
        String token = key("default", "tasks:read");
        String id = idOf(token);
        patch(id, "{\"limits\":{\"requests_per_minute\":5},\"expires_at\":\"2999-01-01T00:00:00+01:00\"}")
                .statusCode(200);

        patch(id, "{\"name\":\"renamed\",\"scopes\":[\"statistics:read\"],\"expires_at\":\"never\"}")
                .statusCode(200)
                .body("name", equalTo("renamed"))
                .body("limits.requests_per_minute", equalTo(5))
                .body("$", not(hasItem("expires_at")));

        as(token).get("/stats").then().statusCode(200);
        as(token).get("/task").then().statusCode(403);
        patch(id, "{\"limits\":{}}").statusCode(200).body("limits", equalTo(Map.of()));
        assertThat(audit.of(id).subList(1, 4))
                .satisfiesExactly(
                        one -> assertThat(one).endsWith(" key.change [limits, expires_at]"),
                        two -> assertThat(two).endsWith(" key.change [name, expires_at, scopes statistics:read]"),
                        three -> assertThat(three).endsWith(" key.change [limits]"));
    }

    @Test
    void aRotationEndsTheOldTokenAtOnceOrAfterAGrace() {
        String old = key("default", "statistics:read");
        String id = idOf(old);

        String second = first().post("/admin/key/{key}/rotate", id)
                .then()
                .statusCode(200)
                .extract()
                .path("token");
        JsonPath third = first().body("{\"grace\":3600}")
                .post("/admin/key/{key}/rotate", id)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();

        as(old).get("/stats").then().statusCode(401);
        as(second).get("/stats").then().statusCode(200);
        as(third.getString("token")).get("/stats").then().statusCode(200);
        assertThat(third.getString("previous_until")).isNotBlank();
        assertThat(audit.of(id).subList(1, 3))
                .satisfiesExactly(
                        one -> assertThat(one).endsWith(" key.rotate [grace 0 s]"),
                        two -> assertThat(two).endsWith(" key.rotate [grace 3600 s]"));
    }

    @Test
    void aRevokedKeyIsRefusedStaysListedAndStaysRevoked() {
        String token = key("default", "statistics:read");
        String id = idOf(token);

        first().delete("/admin/key/{key}", id).then().statusCode(204);

        as(token).get("/stats").then().statusCode(401).body("code", equalTo("unauthenticated"));
        first().get("/admin/key").then().statusCode(200).body("items.key_id", hasItem(id));
        first().get("/admin/key/{key}", id).then().statusCode(200).body("revoked_at", not(equalTo(null)));
        patch(id, "{\"name\":\"x\"}").statusCode(409).body("code", equalTo("illegal_transition"));
        first().post("/admin/key/{key}/rotate", id).then().statusCode(409);
        first().delete("/admin/key/{key}", id).then().statusCode(204);
        assertThat(audit.of(id).get(1)).endsWith(" key.revoke []");
    }

    @Test
    void anAdministratorKnowsTheKeysOfTheOwnTenantOnly() {
        String tenant = "t-" + UUID.randomUUID();
        String admin = key(tenant, "admin");
        String others = idOf(key("default", "ask"));

        as(admin).get("/admin/key").then().statusCode(200).body("items.key_id", equalTo(List.of(idOf(admin))));
        as(admin).get("/admin/key?tenant=default").then().statusCode(404).body("code", equalTo("not_found"));
        as(admin).get("/admin/key/{key}", others).then().statusCode(404);
        as(admin)
                .body("{\"name\":\"x\"}")
                .patch("/admin/key/{key}", others)
                .then()
                .statusCode(404);
        as(admin).post("/admin/key/{key}/rotate", others).then().statusCode(404);
        as(admin).delete("/admin/key/{key}", others).then().statusCode(404);
        as(admin)
                .body(Map.of("name", "x", "tenant", "default", "scopes", List.of("ask")))
                .post("/admin/key")
                .then()
                .statusCode(404)
                .body("detail", equalTo("there is no such tenant"));
        as(admin).get("/admin/tenant").then().statusCode(403);
        as(admin).body("{\"tenant\":\"mine\"}").post("/admin/tenant").then().statusCode(403);
        first().get("/admin/key/{key}", others).then().statusCode(200).body("name", equalTo("test"));
    }

    @Test
    void anAdministratorMakesKeysOfTheOwnTenant() {
        String tenant = "t-" + UUID.randomUUID();
        String admin = key(tenant, "admin");

        as(admin)
                .body(Map.of("name", "x", "scopes", List.of("ask", "admin")))
                .post("/admin/key")
                .then()
                .statusCode(201)
                .body("tenant", equalTo(tenant))
                .body("created_by", equalTo(idOf(admin)));
    }

    @Test
    void thePlatformIsOutOfAnAdministratorsReach() {
        String admin = key("default", "admin");
        String platform = idOf(key("default", "admin", "platform"));
        String own = idOf(key("default", "ask"));

        as(admin)
                .body(Map.of("name", "x", "scopes", List.of("ask", "platform")))
                .post("/admin/key")
                .then()
                .statusCode(422)
                .body("errors.field", equalTo(List.of("scopes[1]")));
        as(admin)
                .body("{\"scopes\":[\"platform\"]}")
                .patch("/admin/key/{key}", own)
                .then()
                .statusCode(422);
        as(admin).get("/admin/key/{key}", platform).then().statusCode(404);
        as(admin).post("/admin/key/{key}/rotate", platform).then().statusCode(404);
        as(admin).delete("/admin/key/{key}", platform).then().statusCode(404);
        as(admin).get("/admin/key?limit=200").then().statusCode(200).body("items.key_id", not(hasItem(platform)));
        first().get("/admin/key/{key}", platform).then().statusCode(200);
    }

    @Test
    void keysWithoutTheScopeAdministerNothing() {
        String token = key("default", "tasks:read", "tasks:write", "ask", "statistics:read", "tools:*", "audit:read");
        String id = idOf(token);

        List.of(
                        as(token).get("/admin/key"),
                        as(token).get("/admin/key/{key}", id),
                        as(token).body("{}").post("/admin/key"),
                        as(token).body("{}").patch("/admin/key/{key}", id),
                        as(token).post("/admin/key/{key}/rotate", id),
                        as(token).delete("/admin/key/{key}", id),
                        as(token).get("/admin/tenant"))
                .forEach(answer -> answer.then().statusCode(403).body("code", equalTo("insufficient_scope")));
        RestAssured.get("/admin/key").then().statusCode(401);
    }

    @Test
    void pagesOfKeysFollowEachOther() {
        String tenant = "t-" + UUID.randomUUID();
        String admin = key(tenant, "admin");
        List<String> made = new ArrayList<>(List.of(idOf(admin)));
        for (int i = 0; i < 4; i++) {
            made.add(idOf(key(tenant, "ask")));
        }

        List<String> listed = new ArrayList<>();
        JsonPath page = as(admin).get("/admin/key?limit=2").jsonPath();
        listed.addAll(page.getList("items.key_id"));
        while (page.getString("next_cursor") != null) {
            page = as(admin)
                    .get("/admin/key?limit=2&cursor=" + page.getString("next_cursor"))
                    .jsonPath();
            listed.addAll(page.getList("items.key_id"));
        }

        assertThat(listed).isEqualTo(made.reversed());
    }

    @Test
    void aTenantIsMadeOnceAndListed() {
        String tenant = "t-" + UUID.randomUUID();

        first().body(Map.of("tenant", tenant))
                .post("/admin/tenant")
                .then()
                .statusCode(201)
                .body("tenant", equalTo(tenant));
        first().body(Map.of("tenant", tenant)).post("/admin/tenant").then().statusCode(200);

        first().get("/admin/tenant?limit=1").then().statusCode(200).body("items[0].tenant", equalTo(tenant));
        assertThat(audit.of(tenant)).containsExactly(tenant + " " + idOf(AccessOn.FIRST.text()) + " tenant.create []");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            value = {
                "{}|422|invalid|name",
                "{\"name\":\"x\"}|422|invalid|scopes",
                "{\"name\":\"\",\"scopes\":[\"ask\"]}|422|invalid|name",
                "{\"name\":\"  \",\"scopes\":[\"ask\"]}|422|invalid|name",
                "{\"name\":\"a\\nb\",\"scopes\":[\"ask\"]}|422|invalid|name",
                "{\"name\":7,\"scopes\":[\"ask\"]}|400|wrong_type|name",
                "{\"name\":\"x\",\"scopes\":[]}|422|invalid|scopes",
                "{\"name\":\"x\",\"scopes\":\"ask\"}|400|wrong_type|scopes",
                "{\"name\":\"x\",\"scopes\":[\"ask\",\"everything\"]}|422|invalid|scopes[1]",
                "{\"name\":\"x\",\"scopes\":[\"tools:\"]}|422|invalid|scopes[0]",
                "{\"name\":\"x\",\"scopes\":[\"tools:a b\"]}|422|invalid|scopes[0]",
                "{\"name\":\"x\",\"scopes\":[null]}|422|invalid|scopes[0]",
                "{\"name\":\"x\",\"scopes\":[\"ask\"],\"tenant\":\"No\"}|422|invalid|tenant",
                "{\"name\":\"x\",\"scopes\":[\"ask\"],\"expires_at\":\"tomorrow\"}|422|invalid|expires_at",
                "{\"name\":\"x\",\"scopes\":[\"ask\"],\"expires_at\":\"2020-01-01T00:00:00Z\"}|422|invalid|expires_at",
                "{\"name\":\"x\",\"scopes\":[\"ask\"],\"expires_at\":\"+999999999-01-01T00:00:00Z\"}|422|invalid|expires_at",
                "{\"name\":\"x\",\"scopes\":[\"ask\"],\"expires_at\":5}|400|wrong_type|expires_at",
                "{\"name\":\"x\",\"scopes\":[\"ask\"],\"limits\":{\"requests_per_minute\":0}}|422|invalid|limits.requests_per_minute",
                "{\"name\":\"x\",\"scopes\":[\"ask\"],\"limits\":{\"concurrent_tasks\":1000001}}|422|invalid|limits.concurrent_tasks",
                "{\"name\":\"x\",\"scopes\":[\"ask\"],\"limits\":{\"concurrent_questions\":100001}}|422|invalid|limits.concurrent_questions",
                "{\"name\":\"x\",\"scopes\":[\"ask\"],\"limits\":{\"tokens_per_day\":-1}}|422|invalid|limits.tokens_per_day",
                "{\"name\":\"x\",\"scopes\":[\"ask\"],\"limits\":{\"tokens_per_day\":1.5}}|400|wrong_type|limits.tokens_per_day",
                "{\"name\":\"x\",\"scopes\":[\"ask\"],\"limits\":{\"cost_per_day\":-0.01}}|422|invalid|limits.cost_per_day",
                "{\"name\":\"x\",\"scopes\":[\"ask\"],\"limits\":{\"cost_per_day\":0.0000001}}|422|invalid|limits.cost_per_day",
                "{\"name\":\"x\",\"scopes\":[\"ask\"],\"limits\":{\"cost_per_day\":1e99}}|422|invalid|limits.cost_per_day",
                "{\"name\":\"x\",\"scopes\":[\"ask\"],\"limits\":{\"per_year\":1}}|400|unknown_field|limits.per_year",
                "{\"name\":\"x\",\"scopes\":[\"ask\"],\"token\":\"mine\"}|400|unknown_field|token"
            })
    void wrongKeysAreRefusedWithTheField(String body, int status, String code, String field) {
        first().body(body)
                .post("/admin/key")
                .then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("code", equalTo(code))
                .body("errors.field", hasItem(field));
    }

    @Test
    void aKeyOfATenantThatThereIsNotIsRefused() {
        first().body(Map.of("name", "x", "tenant", "nobody", "scopes", List.of("ask")))
                .post("/admin/key")
                .then()
                .statusCode(404)
                .body("code", equalTo("not_found"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"scopes\":[]}",
                "{\"name\":\"\"}",
                "{\"expires_at\":\"yesterday\"}",
                "{\"limits\":{\"requests_per_minute\":0}}",
                "{\"scopes\":[\"nothing\"]}"
            })
    void wrongChangesAreRefused(String body) {
        patch(idOf(AccessOn.FIRST.text()), body).statusCode(422).body("code", equalTo("invalid"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"grace\":-1}|422|invalid",
                "{\"grace\":604801}|422|invalid",
                "{\"grace\":\"1h\"}|400|wrong_type",
                "{\"days\":1}|400|unknown_field",
                "null|400|wrong_type",
                "[]|400|wrong_type"
            })
    void wrongRotationsAreRefused(String body, int status, String code) {
        first().body(body)
                .post("/admin/key/{key}/rotate", idOf(AccessOn.FIRST.text()))
                .then()
                .statusCode(status)
                .body("code", equalTo(code));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/admin/key?limit=0",
                "/admin/key?limit=201",
                "/admin/key?cursor=!",
                "/admin/key?tenant=No",
                "/admin/tenant?limit=x",
                "/admin/tenant?cursor=A"
            })
    void wrongParametersAreRefused(String path) {
        first().get(path).then().statusCode(400).body("code", equalTo("bad_parameter"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"k0-0000000000000000", "kzz-0000000000000000", "x", "mcpk", "k0-000000000000000g%00"})
    void aKeyThatThereIsNotIsUnknown(String id) {
        first().urlEncodingEnabled(false)
                .get("/admin/key/" + id)
                .then()
                .statusCode(404)
                .body("code", equalTo("not_found"));
    }

    @Test
    void noTokenIsInWhatIsWrittenDownOrListed() {
        String token = key("default", "ask");
        String secret = Token.parse(token).orElseThrow().secret();

        assertThat(first().get("/admin/key?limit=200").asString())
                .contains(idOf(token))
                .doesNotContain(secret);
        assertThat(audit.events().toString()).contains(idOf(token)).doesNotContain(secret);
    }

    private String lastMade() {
        return audit.events().stream()
                .filter(event -> event.action().equals("key.create"))
                .toList()
                .getLast()
                .target();
    }

    private static ValidatableResponse patch(String id, String body) {
        return first().body(body).patch("/admin/key/{key}", id).then();
    }
}
