package org.mcpagentic.launcher;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The model that answers where nobody names another, as people see it. */
final class ChosenModel {
    private static final String OFFLINE = "offline";

    // why no JSON library: it would be most of the launcher, and of this document only the order of two fields matters
    private static final Pattern CHOSEN = Pattern.compile("\\{\"name\":\"([^\"\\\\]+)\"[^{}]*\"chosen\":true[,}]");

    private ChosenModel() {}

    /** What the service on this port says of it, in one line. */
    static String askedOf(int port) {
        String all = "http://localhost:%d/model lists all".formatted(port);
        return Loopback.get(port, "/model")
                .flatMap(ChosenModel::nameIn)
                .map(name -> name.equals(OFFLINE)
                        ? OFFLINE + " (rules, no language model; GEMINI_API_KEY or MODEL chooses another)"
                        : "%s (%s)".formatted(name, all))
                .orElse(all);
    }

    /** The name of the chosen one in what {@code GET /model} answers. */
    static Optional<String> nameIn(String models) {
        Matcher matcher = CHOSEN.matcher(models);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
