package org.mcpagentic.edge.access;

import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@code Host} header.
 *
 * @param name a name or address in lower case, an IPv6 address in brackets
 * @param port 1 to 65535, where one is given
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-7.2">RFC 9110, section 7.2</a>
 */
record HostHeader(String name, OptionalInt port) {

    /** What a host with an optional port looks like; a trailing dot, user information and an empty port do not. */
    static final String SYNTAX =
            "([A-Za-z0-9_](?:[A-Za-z0-9._-]{0,252}[A-Za-z0-9_])?|\\[[0-9A-Fa-f:.]{2,45}\\])(?::([0-9]{1,5}))?";

    private static final Pattern PATTERN = Pattern.compile(SYNTAX);

    /**
     * @throws IllegalArgumentException if it is not a host with an optional port
     */
    static HostHeader parse(String value) {
        Matcher matcher = PATTERN.matcher(value);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a host");
        }
        String port = matcher.group(2);
        if (port == null) {
            return new HostHeader(matcher.group(1).toLowerCase(Locale.ROOT), OptionalInt.empty());
        }
        int number = Integer.parseInt(port);
        if (number < 1 || number > 65_535) {
            throw new IllegalArgumentException("not a port");
        }
        return new HostHeader(matcher.group(1).toLowerCase(Locale.ROOT), OptionalInt.of(number));
    }

    /** Whether an entry of the list is this host, or this name without a port. */
    boolean isIn(List<HostHeader> allowed) {
        return allowed.stream()
                .anyMatch(entry -> entry.name.equals(name) && (entry.port.isEmpty() || entry.port.equals(port)));
    }

    @Override
    public String toString() {
        return port.isPresent() ? name + ":" + port.getAsInt() : name;
    }
}
