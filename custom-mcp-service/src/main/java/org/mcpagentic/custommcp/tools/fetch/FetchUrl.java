package org.mcpagentic.custommcp.tools.fetch;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.HexFormat;
import java.util.Locale;
import org.mcpagentic.agent.tool.ToolFailure;

/**
 * A URL that was taken apart strictly; what is sent is put together from these parts only, so that no second parser can read
 * it differently.
 *
 * @param secure whether the scheme is https, otherwise http
 * @param host of one spelling
 * @param port 1 to 65,535, the scheme's own where the URL names none
 * @param target path and query in ASCII, starting with a slash; a fragment is dropped
 */
public record FetchUrl(boolean secure, Host host, int port, String target) {

    /** The longest URL that is read. */
    static final int MOST_CHARS = 4_096;

    /** @throws ToolFailure where it is not an http or https URL of the accepted form */
    public static FetchUrl of(String written) {
        if (written.length() > MOST_CHARS) {
            throw new ToolFailure("the URL is longer than " + MOST_CHARS + " characters");
        }
        URI uri = syntax(written);
        boolean secure = secure(uri);
        String authority = uri.getRawAuthority();
        if (authority == null || authority.isEmpty()) {
            throw new ToolFailure("the URL names no host");
        }
        if (authority.contains("@")) {
            throw new ToolFailure("the URL has a user name or password before its host; that is not sent");
        }
        int colon = authority.lastIndexOf(':');
        boolean hasPort = colon > authority.lastIndexOf(']');
        Host host = Host.of(hasPort ? authority.substring(0, colon) : authority);
        int port = hasPort ? port(authority.substring(colon + 1)) : secure ? 443 : 80;
        return new FetchUrl(secure, host, port, target(uri));
    }

    /**
     * Where a redirect leads.
     *
     * @param location the header as it came, absolute or relative to this
     * @throws ToolFailure where it leads to no accepted URL, or out of TLS
     */
    FetchUrl redirectedTo(String location) {
        FetchUrl next = of(absolute(location));
        if (secure && !next.secure) {
            throw new ToolFailure("the server redirects from https to http, which is not followed");
        }
        return next;
    }

    private String absolute(String location) {
        String path = target.contains("?") ? target.substring(0, target.indexOf('?')) : target;
        if (location.isEmpty() || location.startsWith("#")) {
            return toString();
        }
        if (location.startsWith("?")) {
            // why: java.net.URI resolves these by RFC 2396 and would drop the path's last segment
            return origin() + path + location;
        }
        try {
            return URI.create(toString()).resolve(new URI(encoded(location))).toString();
        } catch (URISyntaxException e) {
            throw new ToolFailure("the server redirects to something that is no valid URL");
        }
    }

    /** Servers send characters that a URI may not have; browsers encode them too. */
    private static String encoded(String location) {
        StringBuilder encoded = new StringBuilder();
        for (int i = 0; i < location.length(); i++) {
            char character = location.charAt(i);
            if (" \"<>^`{|}".indexOf(character) >= 0) {
                encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits((byte) character));
            } else {
                encoded.append(character);
            }
        }
        return encoded.toString();
    }

    /** {@code host:port}, the host in its one spelling. */
    public String authority() {
        return host.text() + ":" + port;
    }

    /** What a {@code Host} header says: without the scheme's own port. */
    String hostHeader() {
        return port == (secure ? 443 : 80) ? host.text() : authority();
    }

    private String origin() {
        return (secure ? "https://" : "http://") + hostHeader();
    }

    @Override
    public String toString() {
        return origin() + target;
    }

    private static URI syntax(String written) {
        // why: other parsers drop these or read a backslash as a slash
        if (written.chars().anyMatch(character -> character <= 0x20 || character == 0x7f || character == '\\')) {
            throw new ToolFailure("the URL has blanks, control characters or backslashes; write them percent-encoded");
        }
        try {
            return new URI(written);
        } catch (URISyntaxException e) {
            throw new ToolFailure("the URL is not valid at character " + (e.getIndex() + 1)
                    + "; characters such as | { } \" are written percent-encoded");
        }
    }

    private static boolean secure(URI uri) {
        String scheme = uri.getScheme();
        if (scheme == null) {
            throw new ToolFailure("the URL has no scheme; it starts with https:// or http://");
        }
        return switch (scheme.toLowerCase(Locale.ROOT)) {
            case "https" -> true;
            case "http" -> false;
            default -> throw new ToolFailure("only http and https URLs are fetched");
        };
    }

    private static int port(String written) {
        if (written.matches("[1-9][0-9]{0,4}")) {
            int port = Integer.parseInt(written);
            if (port <= 65_535) {
                return port;
            }
        }
        throw new ToolFailure("the URL's port is a number from 1 to 65535");
    }

    private static String target(URI uri) {
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        // why: this percent-encodes what is not ASCII, and an authority keeps a path that starts with // a path
        return URI.create("http://h" + path + query).toASCIIString().substring("http://h".length());
    }
}
