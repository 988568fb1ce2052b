package org.mcpagentic.dashboard.signin;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.mcpagentic.dashboard.Routes;

/** The page for signing in, at a name without an ending: it is what links that are printed lead to. */
@Path("/")
public class SignInPage {
    private static final String FILE = "/META-INF/resources/sign-in.html";

    private final byte[] page = read();

    @GET
    @Path(Routes.SIGN_IN)
    @Produces(MediaType.TEXT_HTML + ";charset=UTF-8")
    public byte[] page() {
        return page;
    }

    private static byte[] read() {
        try (InputStream file = SignInPage.class.getResourceAsStream(FILE)) {
            if (file == null) {
                throw new IllegalStateException("the sign-in page is not among the resources");
            }
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
