package org.mcpagentic.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.mcpagentic.access.AccessSecret;
import org.mcpagentic.edge.problem.Problem;
import org.mcpagentic.store.Task;
import org.mcpagentic.testsupport.Artifact;
import org.mcpagentic.testsupport.RedisOfTests;

/** What a native image has to be told, since nothing in it is found by looking at classes: types and resources. */
@QuarkusTest
@QuarkusTestResource(StubServices.class)
@QuarkusTestResource(RedisOfTests.class)
class NativeTest {

    private static final Artifact OURS = Artifact.of(Routes.class, Problem.class, AccessSecret.class, Task.class);

    @ConfigProperty(name = "quarkus.native.resources.includes")
    String includes = "";

    @Test
    void everyTypeThatResourcesDeclareIsRegistered() {
        assertThat(OURS.wireTypes())
                .isNotEmpty()
                .allSatisfy(type -> assertThat(type.isAnnotationPresent(RegisterForReflection.class))
                        .as("%s needs @RegisterForReflection", type.getName())
                        .isTrue());
    }

    @Test
    void everyResourceIsIncluded() {
        assertThat(OURS.resources())
                .anyMatch(resource -> resource.contains("/access/redis/lua/"))
                .allMatch(resource -> Artifact.matches(includes, resource));
        assertThat(Artifact.matches(includes, "META-INF/resources/index.html")).isTrue();
    }

    @Test
    void nothingIsLookedUpByName() {
        assertThat(OURS.reflectiveCalls()).isEmpty();
    }
}
