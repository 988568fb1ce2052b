package org.mcpagentic.edge.prefer;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a {@code Prefer} header asks of a request that may take long.
 *
 * @param waitFor how long the client wants to wait at most; whole seconds, not negative
 * @param respondAsync whether it wants an answer before the work is done
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7240">RFC 7240</a>
 */
public record Preference(Optional<Duration> waitFor, boolean respondAsync) {

    /** No preference. */
    public static final Preference NONE = new Preference(Optional.empty(), false);

    /** A longer header is no preference: nothing that we know needs it. */
    private static final int MAX_LENGTH = 1_000;

    /** The list's elements: what lies between commas that are not within quotes. */
    private static final Pattern ELEMENT = Pattern.compile("(?:[^,\"]++|\"(?:[^\"\\\\]++|\\\\.)*+\")++");

    /** A token, perhaps a value, perhaps parameters, which none of ours has. */
    private static final Pattern PREFERENCE =
            Pattern.compile("\\s*+([!#$%&'*+.^_`|~0-9A-Za-z-]++)\\s*+(?:=\\s*+\"?+([^\\s;\"]*+)\"?+\\s*+)?+(?:;.*+)?+");

    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");

    /**
     * Reads the lines of the header. What is malformed or unknown is ignored, and of a preference that is there twice
     * the first counts, as the RFC has it.
     */
    public static Preference parse(List<String> lines) {
        String header = String.join(",", lines);
        if (header.isEmpty() || header.length() > MAX_LENGTH) {
            return NONE;
        }
        Optional<String> wait = Optional.empty();
        boolean respondAsync = false;
        Matcher element = ELEMENT.matcher(header);
        int next = 0;
        while (element.find() && header.substring(next, element.start()).chars().allMatch(between -> between == ',')) {
            next = element.end();
            Matcher preference = PREFERENCE.matcher(element.group());
            if (preference.matches()) {
                String name = preference.group(1);
                respondAsync |= name.equalsIgnoreCase("respond-async");
                if (name.equalsIgnoreCase("wait") && wait.isEmpty()) {
                    wait = Optional.of(Optional.ofNullable(preference.group(2)).orElse(""));
                }
            }
        }
        return new Preference(
                wait.filter(value -> SECONDS.matcher(value).matches())
                        .map(value -> Duration.ofSeconds(Long.parseLong(value))),
                respondAsync);
    }
}
