package org.mcpagentic.dashboard.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mcpagentic.dashboard.EventReader.eventually;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mcpagentic.dashboard.EventReader;
import org.mcpagentic.dashboard.StubServices;

@QuarkusTest
@QuarkusTestResource(StubServices.class)
class LiveStatsTest {
    @BeforeEach
    void nobodyWatches() {
        StubServices.comeBack();
        eventually(() -> StubServices.statsStreams() == 0);
        StubServices.forget();
    }

    @Test
    void fiftyViewersShareOneSubscriptionPerService() {
        List<EventReader> viewers = new ArrayList<>();
        for (int viewer = 0; viewer < 50; viewer++) {
            viewers.add(watch());
        }
        viewers.forEach(viewer -> awaitReport(viewer, "custom-mcp", StubServices.processed()));

        StubServices.process();

        viewers.forEach(viewer -> awaitReport(viewer, "custom-mcp", StubServices.processed()));
        assertThat(StubServices.statsOpened()).isEqualTo(2);
        viewers.forEach(EventReader::close);
    }

    @Test
    void nobodySubscribesOnceNobodyWatches() {
        EventReader viewer = watch();
        awaitReport(viewer, "public-mcp", StubServices.processed());

        viewer.close();

        eventually(() -> StubServices.statsStreams() == 0);
    }

    @Test
    void aLateViewerIsToldTheLatestAtOnce() {
        try (EventReader first = watch()) {
            awaitReport(first, "custom-mcp", StubServices.processed());
            try (EventReader late = watch()) {
                awaitReport(late, "custom-mcp", StubServices.processed());
            }
        }
        assertThat(StubServices.statsOpened()).isEqualTo(2);
    }

    @Test
    void saysThatAServiceIsAwayWithTheAgeOfItsFiguresAndComesBack() {
        try (EventReader viewer = watch()) {
            awaitReport(viewer, "custom-mcp", StubServices.processed());

            StubServices.goAway();

            String away = viewer.awaitLine(line -> line.contains("\"custom-mcp\",\"reachable\":false"));
            assertThat(away).contains("\"age\":", "\"queries_processed\":" + StubServices.processed());
            StubServices.comeBack();
            viewer.awaitLine(line -> line.contains("\"custom-mcp\",\"reachable\":true"));
        }
    }

    private static EventReader watch() {
        return EventReader.open(URI.create("http://localhost:" + RestAssured.port + "/api/stats"));
    }

    private static void awaitReport(EventReader viewer, String service, int processed) {
        viewer.awaitLine(line -> line.contains("\"service\":\"" + service + "\",\"reachable\":true")
                && line.contains("\"queries_processed\":" + processed));
    }
}
