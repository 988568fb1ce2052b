package org.mcpagentic.dashboard.signin;

import org.mcpagentic.edge.oidc.ProviderUrl;

/**
 * Where people's browsers find the page.
 *
 * @param base https or on the loopback interface; ends with a slash
 */
record PublicUrl(ProviderUrl base) {

    PublicUrl {
        if (!base.uri().getRawPath().endsWith("/") || base.uri().getRawQuery() != null) {
            throw new IllegalArgumentException("must be a folder, without a query");
        }
    }

    /** @throws IllegalArgumentException if it is neither https nor on the loopback interface, or has more than a path */
    static PublicUrl of(String text) {
        return new PublicUrl(ProviderUrl.of(text.endsWith("/") ? text : text + "/"));
    }

    /** The whole address of one of our routes. */
    String urlOf(String route) {
        return base + route.substring(1);
    }

    /** The path of one of our routes as browsers see it, which a proxy may have lengthened. */
    String pathOf(String route) {
        return base.uri().getRawPath() + route.substring(1);
    }

    boolean isEncrypted() {
        return base.uri().getScheme().equals("https");
    }

    @Override
    public String toString() {
        return base.toString();
    }
}
