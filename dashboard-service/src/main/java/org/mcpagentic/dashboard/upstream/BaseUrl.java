package org.mcpagentic.dashboard.upstream;

import java.net.URI;

/**
 * Where a service is: an absolute http or https URL without query or fragment.
 *
 * @param uri the URL, its path without a slash at the end
 */
public record BaseUrl(URI uri) {
    public BaseUrl {
        if (uri.getHost() == null || !("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
            throw new IllegalArgumentException("needs an absolute http or https URL, but is \"" + uri + "\"");
        }
        if (uri.getQuery() != null || uri.getFragment() != null || uri.getUserInfo() != null) {
            throw new IllegalArgumentException("may hold no user, query or fragment, but is \"" + uri + "\"");
        }
    }

    /**
     * Reads a setting; found by the configuration as a converter by its name and shape.
     *
     * @throws IllegalArgumentException if it is no base URL
     */
    public static BaseUrl of(String setting) {
        return new BaseUrl(URI.create(setting.strip().replaceAll("/+$", "")));
    }

    /** The absolute URL of a path that begins with a slash. */
    public String at(String path) {
        return uri + path;
    }
}
