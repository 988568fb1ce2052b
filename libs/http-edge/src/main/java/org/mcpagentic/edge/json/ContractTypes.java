package org.mcpagentic.edge.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;

/** Times as RFC 3339 in UTC with exactly three decimals, durations as seconds, strings of well-formed Unicode only. */
final class ContractTypes extends SimpleModule {

    ContractTypes() {
        super("contract-types");
        addSerializer(Instant.class, new InstantWriter());
        addDeserializer(Instant.class, new InstantReader());
        addSerializer(Duration.class, new DurationWriter());
        addDeserializer(Duration.class, new DurationReader());
        addDeserializer(String.class, new WellFormedString());
    }

    private static final class InstantWriter extends StdScalarSerializer<Instant> {

        private static final DateTimeFormatter MILLISECONDS =
                new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

        InstantWriter() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant value, JsonGenerator generator, SerializerProvider provider) throws IOException {
            generator.writeString(MILLISECONDS.format(value));
        }
    }

    private static final class InstantReader extends StdScalarDeserializer<Instant> {

        InstantReader() {
            super(Instant.class);
        }

        @Override
        public Instant deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            if (!parser.hasToken(JsonToken.VALUE_STRING)) {
                return (Instant) context.handleUnexpectedToken(Instant.class, parser);
            }
            try {
                return DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(parser.getText(), Instant::from);
            } catch (DateTimeParseException e) {
                return (Instant) context.handleWeirdStringValue(Instant.class, parser.getText(), "not a time");
            }
        }
    }

    private static final class DurationWriter extends StdScalarSerializer<Duration> {

        DurationWriter() {
            super(Duration.class);
        }

        @Override
        public void serialize(Duration value, JsonGenerator generator, SerializerProvider provider) throws IOException {
            BigDecimal seconds = BigDecimal.valueOf(value.getSeconds()).add(BigDecimal.valueOf(value.getNano(), 9));
            // why text: a number such as 1E+2 is valid JSON that few people read at a glance
            generator.writeNumber(seconds.stripTrailingZeros().toPlainString());
        }
    }

    private static final class DurationReader extends StdScalarDeserializer<Duration> {

        /** About 68 years; more is a mistake, and far more costs time to compute with. */
        private static final BigDecimal MAX_SECONDS = BigDecimal.valueOf(Integer.MAX_VALUE);

        DurationReader() {
            super(Duration.class);
        }

        @Override
        public Duration deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            if (!parser.currentToken().isNumeric()) {
                return (Duration) context.handleUnexpectedToken(Duration.class, parser);
            }
            BigDecimal seconds = parser.getDecimalValue();
            if (seconds.signum() < 0 || seconds.compareTo(MAX_SECONDS) > 0) {
                return (Duration) context.handleWeirdNumberValue(Duration.class, seconds, "out of range");
            }
            return Duration.ofNanos(seconds.movePointRight(9).longValue());
        }
    }

    /** Refuses halves of surrogate pairs: they read well and break whatever writes them again. */
    private static final class WellFormedString extends StdScalarDeserializer<String> {

        WellFormedString() {
            super(String.class);
        }

        @Override
        public String deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            String text = StringDeserializer.instance.deserialize(parser, context);
            for (int i = 0; i < text.length(); i++) {
                char unit = text.charAt(i);
                if (Character.isSurrogate(unit)) {
                    if (!Character.isHighSurrogate(unit)
                            || i + 1 == text.length()
                            || !Character.isLowSurrogate(text.charAt(i + 1))) {
                        return (String) context.handleWeirdStringValue(String.class, "", "half a surrogate pair");
                    }
                    i++;
                }
            }
            return text;
        }
    }
}
