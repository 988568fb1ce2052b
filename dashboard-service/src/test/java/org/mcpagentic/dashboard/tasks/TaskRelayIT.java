package org.mcpagentic.dashboard.tasks;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The relays of the built artifact, JVM or native: a wire type that was not registered fails here. */
@QuarkusIntegrationTest
class TaskRelayIT extends TaskRelayTest {}
