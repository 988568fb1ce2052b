package org.mcpagentic.dashboard.tasks;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.TestProfile;
import org.mcpagentic.dashboard.AccessOff;

/** The relays of the built artifact, JVM or native: a wire type that was not registered fails here. */
@QuarkusIntegrationTest
@TestProfile(AccessOff.class)
class TaskRelayIT extends TaskRelayTest {}
