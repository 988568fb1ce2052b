package org.mcpagentic.launcher;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The model that answers where nobody names another, as the services say at their start. */
final class ChosenModel {
    private static final String OFFLINE = "offline";
    private static final Pattern CHOSEN = Pattern.compile("\\bmodel chosen model=(\\S+)");

    private volatile String name = "";

    /** Reads along. */
    Consumer<String> heardIn(Consumer<String> lines) {
        return line -> {
            Matcher matcher = CHOSEN.matcher(line);
            if (matcher.find()) {
                name = String.valueOf(matcher.group(1));
            }
            lines.accept(line);
        };
    }

    /**
     * What is known of it, in one line.
     *
     * @param port of a service that lists all models
     */
    String shown(int port) {
        String all = "http://localhost:%d/model lists all".formatted(port);
        return Optional.of(name)
                .filter(chosen -> !chosen.isEmpty())
                .map(chosen -> chosen.equals(OFFLINE)
                        ? OFFLINE + " (rules, no language model; GEMINI_API_KEY or MODEL chooses another)"
                        : "%s (%s)".formatted(chosen, all))
                .orElse(all);
    }
}
