package org.mcpagentic.edge.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.Test;
import org.mcpagentic.access.mask.SecretMask;

class MaskingFilterTest {

    private static final String SECRET = "canary-of-the-log";

    private final MaskingFilter filter = new MaskingFilter(SecretMask.of(List.of(SECRET), Map.of()));
    private final PatternFormatter formatter = new PatternFormatter("%-5p [%c] %X{user} %s%e%n");

    @Test
    void masksAMessage() {
        assertThat(logged(record("the key is " + SECRET))).contains("the key is [masked: secret]");
    }

    @Test
    void masksWhatAParameterBringsIn() {
        ExtLogRecord record =
                new ExtLogRecord(Level.INFO, "key=%s n=%d", ExtLogRecord.FormatStyle.PRINTF, "org.mcpagentic.Probe");
        record.setParameters(new Object[] {java.nio.CharBuffer.wrap(SECRET), 7});

        assertThat(logged(record)).contains("key=[masked: secret] n=7");
        assertThat(record.getParameters()).isNull();
    }

    @Test
    void masksAnExceptionItsCausesAndWhatItSuppressed() {
        IllegalStateException deep = new IllegalStateException("refused " + SECRET);
        RuntimeException thrown = new RuntimeException("it broke", new IllegalArgumentException("outer", deep));
        thrown.addSuppressed(new java.io.IOException("Bearer " + SECRET + "0"));
        ExtLogRecord record = record("broke");
        record.setThrown(thrown);

        String logged = logged(record);

        assertThat(logged)
                .doesNotContain(SECRET)
                .contains(
                        "java.lang.RuntimeException: it broke",
                        "Caused by: java.lang.IllegalArgumentException: outer",
                        "Caused by: java.lang.IllegalStateException: refused [masked: secret]",
                        "Suppressed: java.io.IOException: Bearer [masked: secret]0",
                        "masksAnExceptionItsCausesAndWhatItSuppressed");
    }

    @Test
    void masksCausesThatGoInACircle() {
        IllegalStateException one = new IllegalStateException("one " + SECRET);
        one.initCause(new IllegalStateException("two", one));
        ExtLogRecord record = record("broke");
        record.setThrown(one);

        assertThat(logged(record)).doesNotContain(SECRET).contains("one [masked: secret]");
    }

    @Test
    void masksWhatAccompaniesARecord() {
        ExtLogRecord record = record("hello");
        record.putMdc("user", SECRET);

        assertThat(logged(record)).contains("[masked: secret] hello");
    }

    @Test
    void masksRecordsOfOtherKinds() {
        LogRecord record = new LogRecord(Level.INFO, "key {0} " + SECRET);
        record.setParameters(new Object[] {SECRET, 3});

        filter.isLoggable(record);

        assertThat(record.getMessage()).isEqualTo("key {0} [masked: secret]");
        assertThat(record.getParameters()).containsExactly("[masked: secret]", 3);
    }

    @Test
    void leavesARecordWithoutSecretsAsItIs() {
        RuntimeException thrown = new RuntimeException("it broke");
        ExtLogRecord record =
                new ExtLogRecord(Level.INFO, "n=%d", ExtLogRecord.FormatStyle.PRINTF, "org.mcpagentic.Probe");
        record.setParameters(new Object[] {7});
        record.setThrown(thrown);

        assertThat(filter.isLoggable(record)).isTrue();
        assertThat(record.getMessage()).isEqualTo("n=%d");
        assertThat(record.getThrown()).isSameAs(thrown);
    }

    private String logged(ExtLogRecord record) {
        assertThat(filter.isLoggable(record)).isTrue();
        return formatter.format(record);
    }

    private static ExtLogRecord record(String message) {
        return new ExtLogRecord(Level.INFO, message, "org.mcpagentic.Probe");
    }
}
