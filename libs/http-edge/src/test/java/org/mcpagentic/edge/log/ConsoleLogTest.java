package org.mcpagentic.edge.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.bootstrap.logging.InitialConfigurator;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.Arrays;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.handlers.ConsoleHandler;
import org.junit.jupiter.api.Test;

/** The filter as it is configured, without anybody configuring it. */
@QuarkusTest
@TestProfile(ConsoleLogTest.WithSecret.class)
class ConsoleLogTest {

    private static final String SECRET = "canary-of-the-console";

    public static final class WithSecret implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("probe.api-key", SECRET, "mask.patterns.ticket", "acme-[0-9]{8}");
        }
    }

    @Test
    void theConsoleShowsNoSecretOfTheConfiguration() {
        Handler console = Arrays.stream(InitialConfigurator.DELAYED_HANDLER.getHandlers())
                .filter(ConsoleHandler.class::isInstance)
                .findFirst()
                .orElseThrow();
        ExtLogRecord record = new ExtLogRecord(Level.INFO, "key " + SECRET + " acme-12345678", "org.mcpagentic.Probe");
        record.setThrown(new IllegalStateException("broke", new IllegalArgumentException(SECRET)));

        boolean loggable = console.getFilter().isLoggable(record);

        assertThat(loggable).isTrue();
        assertThat(console.getFormatter().format(record))
                .contains("key [masked: secret] [masked: ticket]", "IllegalArgumentException: [masked: secret]")
                .doesNotContain(SECRET);
    }
}
