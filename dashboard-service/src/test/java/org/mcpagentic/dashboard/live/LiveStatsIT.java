package org.mcpagentic.dashboard.live;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** Live statistics of the built artifact, JVM or native: a wire type that was not registered fails here. */
@QuarkusIntegrationTest
class LiveStatsIT extends LiveStatsTest {}
