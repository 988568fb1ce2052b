package org.mcpagentic.publicmcp;

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
import org.mcpagentic.edge.problem.Problem;
import org.mcpagentic.mcp.ServerIdentity;
import org.mcpagentic.models.catalogue.Catalogue;
import org.mcpagentic.publicmcp.support.Questions;
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
            Catalogue.class);

    @Inject
    WireTypes wire;

    @ConfigProperty(name = "quarkus.native.resources.includes")
    String includes = "";

    @Test
    void everyTypeThatResourcesDeclareIsRegistered() {
        Set<Class<?>> types = OURS.wireTypes();

        assertThat(types).hasSizeGreaterThan(3).allSatisfy(NativeTest::isRegistered);
    }

    @Test
    void everyTypeThatIsWrittenIsRegistered() {
        try (EventReader events = Questions.stream("What can you do?")) {
            events.rest();
        }
        try (EventReader figures = EventReader.get(RestAssured.port, "/stats")) {
            figures.next();
        }
        Questions.ask("What can you do?").then().statusCode(200);
        Questions.ask(" ").then().statusCode(422);

        Set<Class<?>> types = wire.written();

        assertThat(types)
                .filteredOn(type -> type.getName().startsWith("org.mcpagentic."))
                .hasSizeGreaterThan(4)
                .allSatisfy(NativeTest::isRegistered);
    }

    @Test
    void everyResourceIsIncluded() {
        assertThat(OURS.resources())
                .anyMatch(resource -> resource.endsWith("/admit.lua"))
                .anyMatch(resource -> resource.contains("/mcp/redis/lua/"))
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
