package org.mcpagentic.dashboard.page;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.TestProfile;
import org.mcpagentic.dashboard.AccessOff;

/** The page as the built artifact serves it, JVM or native: an asset that was left out fails here. */
@QuarkusIntegrationTest
@TestProfile(AccessOff.class)
class PageIT extends PageTest {}
