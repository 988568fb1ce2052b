package org.mcpagentic.custommcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mcpagentic.access.AccessSecret;
import org.mcpagentic.agent.loop.AgentLoop;
import org.mcpagentic.archive.TaskArchive;
import org.mcpagentic.custommcp.support.Tasks;
import org.mcpagentic.edge.problem.Problem;
import org.mcpagentic.mcp.ServerIdentity;
import org.mcpagentic.models.catalogue.Catalogue;
import org.mcpagentic.store.Task;
import org.mcpagentic.testsupport.Artifact;
import org.mcpagentic.testsupport.EventReader;
import org.mcpagentic.testsupport.RedisOfTests;
import org.mcpagentic.testsupport.WireTypes;

/** What a native image has to be told, since nothing in it is found by looking at classes: types and resources. */
@QuarkusTest
@WithTestResource(RedisOfTests.class)
@Timeout(60)
class NativeTest {

    private static final Artifact OURS = Artifact.of(
            Routes.class,
            Task.class,
            AccessSecret.class,
            AgentLoop.class,
            Problem.class,
            ServerIdentity.class,
            TaskArchive.class,
            Catalogue.class);

    @Inject
    WireTypes wire;

    @ConfigProperty(name = "quarkus.native.resources.includes")
    String includes = "";

    @Test
    void everyTypeThatResourcesDeclareIsRegistered() {
        Set<Class<?>> types = OURS.wireTypes();

        assertThat(types).hasSizeGreaterThan(5).allSatisfy(NativeTest::isRegistered);
    }

    @Test
    void everyTypeThatIsWrittenIsRegistered() {
        String id = Tasks.create("What is 6 * 7?", "calculator");
        Tasks.run(id);
        try (EventReader events = EventReader.get(RestAssured.port, "/task/" + id + "/events")) {
            events.rest();
        }
        try (EventReader figures = EventReader.get(RestAssured.port, "/stats")) {
            figures.next();
        }
        RestAssured.get("/tool");
        RestAssured.get("/task");
        Tasks.post(java.util.Map.of("input", " ")).then().statusCode(422);

        Set<Class<?>> types = wire.written();

        assertThat(types)
                .filteredOn(type -> type.getName().startsWith("org.mcpagentic."))
                .hasSizeGreaterThan(8)
                .allSatisfy(NativeTest::isRegistered);
    }

    @Test
    void everyResourceIsIncluded() {
        assertThat(OURS.resources())
                .anyMatch(resource -> resource.endsWith("/create.lua"))
                .anyMatch(resource -> resource.endsWith("/audit_seal.lua"))
                .anyMatch(resource -> resource.contains("/mcp/redis/lua/"))
                .anyMatch(resource -> resource.contains("/remote/redis/lua/"))
                .allMatch(resource -> Artifact.matches(includes, resource));
    }

    @Test
    void nothingIsLookedUpByName() {
        assertThat(OURS.reflectiveCalls()).isEmpty();
    }

    private static void isRegistered(Class<?> type) {
        assertThat(type.isAnnotationPresent(RegisterForReflection.class))
                .as("%s needs @RegisterForReflection", type.getName())
                .isTrue();
    }
}
