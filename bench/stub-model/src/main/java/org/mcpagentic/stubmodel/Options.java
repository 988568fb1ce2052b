package org.mcpagentic.stubmodel;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;

/**
 * What the command line says.
 *
 * @param tokens how many words the default answer has
 */
record Options(StubModelBuilder settings, Optional<Path> script, Duration firstToken, Duration between, int tokens) {
    static final String USAGE = """
            usage: stub-model [--port 9090] [--key KEY] [--script FILE] [--event-loops 1]
                              [--requests-per-minute N] [--requests-per-day N]
                              [--first-token 50ms] [--between 10ms] [--tokens 100]
            """;

    private static final int DEFAULT_PORT = 9090;
    private static final int DEFAULT_TOKENS = 100;

    /** @throws IllegalArgumentException if an option is unknown, lacks its value or has a wrong one */
    static Options parse(String... arguments) {
        StubModelBuilder settings = StubModel.builder().port(DEFAULT_PORT).keepingRequests(0);
        Optional<Path> script = Optional.empty();
        Duration firstToken = Duration.ofMillis(50);
        Duration between = Duration.ofMillis(10);
        int tokens = DEFAULT_TOKENS;
        Iterator<String> words = Arrays.asList(arguments).iterator();
        while (words.hasNext()) {
            String option = words.next();
            if (!words.hasNext()) {
                throw new IllegalArgumentException(option + " lacks its value");
            }
            String value = words.next();
            switch (option) {
                case "--port" -> settings.port(number(option, value));
                case "--key" -> settings.key(value);
                case "--event-loops" -> settings.eventLoops(number(option, value));
                case "--requests-per-minute" -> settings.allowing(number(option, value), Duration.ofMinutes(1));
                case "--requests-per-day" -> settings.allowingPerDay(number(option, value));
                case "--script" -> script = Optional.of(Path.of(value));
                case "--first-token" -> firstToken = Waits.parse(value);
                case "--between" -> between = Waits.parse(value);
                case "--tokens" -> tokens = number(option, value);
                default -> throw new IllegalArgumentException("there is no option " + option);
            }
        }
        return new Options(settings, script, firstToken, between, tokens);
    }

    /** So many words at the pace that was asked for. */
    Reply defaultReply() {
        return Reply.text("token ".repeat(tokens).stripTrailing())
                .firstTokenAfter(firstToken)
                .between(between);
    }

    private static int number(String option, String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(option + " is to be a whole number, not " + value, e);
        }
    }
}
