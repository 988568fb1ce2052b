package org.mcpagentic.models.wire;

import java.util.Optional;
import java.util.regex.Pattern;

/** What a provider says about a failure, made fit for a user: one short line without keys. */
public final class ProviderMessage {

    private static final int MOST_CHARS = 300;

    private static final Pattern KEYS = Pattern.compile(
            "AIza[\\w-]{8,}|\\bAQ\\.[\\w-]{8,}|\\b(?:sk|gsk|xai|hf)[-_][\\w*-]{6,}|(?i)\\bbearer\\s+\\S+|\\bkey=[^&\\s]+");
    private static final Pattern UNSHOWABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\p{Cn}\\s]+");

    private ProviderMessage() {}

    /**
     * @param said untrusted, of any length
     * @param key what must not be shown, whatever it looks like
     */
    public static String fit(String said, Optional<String> key) {
        String text = key.filter(value -> !value.isEmpty())
                .map(value -> said.replace(value, "***"))
                .orElse(said);
        // why bounded here: patterns over megabytes take their time
        text = text.length() > 8 * MOST_CHARS ? text.substring(0, 8 * MOST_CHARS) : text;
        text = KEYS.matcher(text).replaceAll("***");
        text = UNSHOWABLE.matcher(text).replaceAll(" ").strip();
        return text.length() <= MOST_CHARS ? text : abridged(text);
    }

    private static String abridged(String text) {
        int end = MOST_CHARS - 1;
        end -= Character.isHighSurrogate(text.charAt(end - 1)) ? 1 : 0;
        return text.substring(0, end) + "…";
    }
}
