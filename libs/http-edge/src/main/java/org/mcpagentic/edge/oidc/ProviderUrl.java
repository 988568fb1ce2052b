package org.mcpagentic.edge.oidc;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/** Where a provider is asked: https, or http on the loopback interface, which leaves nobody in between. */
public record ProviderUrl(URI uri) {

    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[::1]", Pattern.CASE_INSENSITIVE);

    public ProviderUrl {
        if (uri.getHost() == null || uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException("must be a URL with a host, and without user and fragment");
        }
        boolean safe = "https".equals(uri.getScheme())
                || ("http".equals(uri.getScheme())
                        && LOOPBACK.matcher(uri.getHost()).matches());
        if (!safe) {
            throw new IllegalArgumentException("must be https, or http on the loopback interface");
        }
    }

    /** @throws IllegalArgumentException if it is none, or an unsafe one */
    public static ProviderUrl of(String text) {
        try {
            return new ProviderUrl(new URI(text));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("must be a URL", e);
        }
    }

    boolean isEncrypted() {
        return "https".equals(uri.getScheme());
    }

    @Override
    public String toString() {
        return uri.toString();
    }
}
