package org.mcpagentic.edge.log;

import io.quarkus.logging.LoggingFilter;
import java.util.Arrays;
import java.util.Map;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.jspecify.annotations.Nullable;
import org.mcpagentic.access.mask.SecretMask;
import org.mcpagentic.edge.mask.ConfiguredMask;

/**
 * Masks secrets in what is logged: in messages with their parameters, in exceptions with their causes, and in what
 * accompanies a record. Lets every record pass. It stands behind all that our own code avoids to log: other people's code
 * logs what it likes.
 */
@LoggingFilter(name = "mask")
public final class MaskingFilter implements Filter {

    private final SecretMask mask;

    /** Puts parameters into messages, in each of the ways in which records have them. */
    private final ExtFormatter messages = new PatternFormatter("");

    public MaskingFilter() {
        this(ConfiguredMask.forLogging(ConfigProvider.getConfig()));
    }

    MaskingFilter(SecretMask mask) {
        this.mask = mask;
    }

    @Override
    public boolean isLoggable(LogRecord record) {
        maskMessage(record);
        Throwable thrown = record.getThrown();
        if (thrown != null) {
            record.setThrown(MaskedThrowable.of(thrown, mask));
        }
        if (record instanceof ExtLogRecord extended) {
            maskContext(extended);
        }
        return true;
    }

    private void maskMessage(LogRecord record) {
        String message = record instanceof ExtLogRecord ? messages.formatMessage(record) : record.getMessage();
        String masked = message == null ? "" : mask.mask(message);
        boolean inMessage = message != null && !masked.equals(message);
        if (!inMessage && Arrays.stream(parameters(record)).noneMatch(this::holdsSecret)) {
            return;
        }
        if (record instanceof ExtLogRecord extended) {
            extended.setMessage(masked, ExtLogRecord.FormatStyle.NO_FORMAT);
            extended.setParameters(null);
        } else {
            record.setMessage(masked);
            record.setParameters(masked(parameters(record)));
        }
    }

    private void maskContext(ExtLogRecord record) {
        for (Map.Entry<String, String> entry : record.getMdcCopy().entrySet()) {
            String masked = mask.mask(entry.getValue());
            if (!masked.equals(entry.getValue())) {
                record.putMdc(entry.getKey(), masked);
            }
        }
        String nested = record.getNdc();
        if (nested != null) {
            record.setNdc(mask.mask(nested));
        }
    }

    private static @Nullable Object[] parameters(LogRecord record) {
        @Nullable Object @Nullable [] parameters = record.getParameters();
        return parameters == null ? new Object[0] : parameters;
    }

    private boolean holdsSecret(@Nullable Object parameter) {
        return parameter instanceof CharSequence text
                && !mask.mask(text.toString()).contentEquals(text);
    }

    private @Nullable Object[] masked(@Nullable Object[] parameters) {
        return Arrays.stream(parameters)
                .map(parameter -> parameter instanceof CharSequence text ? mask.mask(text.toString()) : parameter)
                .toArray();
    }
}
