package org.mcpagentic.dashboard.page;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The page as the built artifact serves it, JVM or native: an asset that was left out fails here. */
@QuarkusIntegrationTest
class PageIT extends PageTest {}
