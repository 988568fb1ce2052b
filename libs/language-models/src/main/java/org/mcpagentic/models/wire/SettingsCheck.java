package org.mcpagentic.models.wire;

import java.net.URI;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** What any model's settings must be; says what is wrong by the model's name, and shows no key. */
public final class SettingsCheck {

    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7E]+");

    private SettingsCheck() {}

    /** @throws IllegalArgumentException where one of them is out of its range */
    public static void check(String name, URI baseUrl, long contextTokens, OptionalInt maxOutputTokens) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a model needs a name");
        }
        boolean web = "http".equals(baseUrl.getScheme()) || "https".equals(baseUrl.getScheme());
        if (!web
                || baseUrl.getHost() == null
                || baseUrl.getRawUserInfo() != null
                || baseUrl.getRawQuery() != null
                || baseUrl.getRawFragment() != null) {
            throw new IllegalArgumentException("the address of the model \"" + name
                    + "\" is http or https with a host and a path, and nothing before or behind them");
        }
        if (contextTokens < 1) {
            throw new IllegalArgumentException("the context of the model \"" + name + "\" is at least one token");
        }
        if (maxOutputTokens.isPresent() && maxOutputTokens.getAsInt() < 1) {
            throw new IllegalArgumentException("the output of the model \"" + name + "\" is at least one token");
        }
    }

    /**
     * The key without the white space around it, which files with secrets often end with.
     *
     * @throws IllegalArgumentException where it cannot be sent in a header
     */
    public static String key(String name, String key) {
        String stripped = key.strip();
        if (!KEY.matcher(stripped).matches()) {
            throw new IllegalArgumentException("the key of the model \"" + name + "\" is empty, or not one ASCII word");
        }
        return stripped;
    }

    /** The address of something below a base, whether or not that ends with a slash. */
    public static URI below(URI baseUrl, String path) {
        return URI.create(baseUrl.toString().replaceAll("/+$", "") + "/" + path);
    }
}
