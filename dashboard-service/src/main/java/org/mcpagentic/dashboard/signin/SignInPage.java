package org.mcpagentic.dashboard.signin;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.mcpagentic.dashboard.Routes;

/** The page for signing in, at a name without an ending: it is what links that are printed lead to. */
@Path("/")
public class SignInPage {
    private static final String FILE = "/META-INF/resources/sign-in.html";

    /** Where the page offers the provider, if there is one. */
    private static final String PLACE = "<!-- provider -->";

    private final byte[] page;

    SignInPage(ProviderSignIn provider, ProviderConfig config) {
        this.page = read().replace(
                        PLACE,
                        provider.offered()
                                .map(url -> link(url.urlOf(Routes.OIDC), config.label()))
                                .orElse(""))
                .getBytes(StandardCharsets.UTF_8);
    }

    @GET
    @Path(Routes.SIGN_IN)
    @Produces(MediaType.TEXT_HTML + ";charset=UTF-8")
    public byte[] page() {
        return page;
    }

    private static String link(String url, String label) {
        return "<a class=\"button\" id=\"sign-in-provider\" data-testid=\"sign-in-provider\" href=\"" + escaped(url)
                + "\">Sign in with " + escaped(label) + "</a>";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static String read() {
        try (InputStream file = SignInPage.class.getResourceAsStream(FILE)) {
            if (file == null) {
                throw new IllegalStateException("the sign-in page is not among the resources");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
