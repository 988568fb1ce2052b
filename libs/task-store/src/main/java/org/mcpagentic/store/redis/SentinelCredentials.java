package org.mcpagentic.store.redis;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How Sentinels know us: as Redis does, not at all, or as somebody else. */
public final class SentinelCredentials {

    private static final String SAME = "same";

    /** For the user information of a URL; nothing where they are the same as for Redis. */
    private final Optional<String> own;

    private SentinelCredentials(Optional<String> own) {
        this.own = own;
    }

    /**
     * Reads a setting.
     *
     * @param text {@code same}, {@code none}, or {@code USER:PASSWORD}, where the user may be missing
     * @throws IllegalArgumentException where it is nothing of these, without what it is
     */
    public static SentinelCredentials of(String text) {
        if (text.equals(SAME)) {
            return new SentinelCredentials(Optional.empty());
        }
        if (text.equals("none")) {
            return new SentinelCredentials(Optional.of(""));
        }
        int colon = text.indexOf(':');
        if (colon < 0 || colon == text.length() - 1) {
            throw new IllegalArgumentException(
                    "store.redis.sentinel-credentials must be \"same\", \"none\" or USER:PASSWORD");
        }
        return new SentinelCredentials(
                Optional.of(encoded(text.substring(0, colon)) + ":" + encoded(text.substring(colon + 1)) + "@"));
    }

    boolean isSame() {
        return own.isEmpty();
    }

    /** The URL of a Sentinel with them; it has no database. */
    String applyTo(URI url) {
        @Nullable String ofRedis = url.getRawUserInfo();
        String given = own.orElse(ofRedis == null ? "" : ofRedis + "@");
        return url.getScheme() + "://" + given + url.getHost() + (url.getPort() < 0 ? ":26379" : ":" + url.getPort());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "SentinelCredentials[hidden]";
    }
}
