package org.mcpagentic.dashboard.signin;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** How the page signs people in at the OpenID provider of {@code access.oidc}. */
@ConfigMapping(prefix = "dashboard.oidc")
public interface ProviderConfig {

    /** What the provider knows the page by. Without it nobody is sent there. */
    Optional<String> clientId();

    /** What the page proves itself by; without it, it is a public client, which PKCE protects. */
    Optional<String> clientSecret();

    /** How it is shown: {@code basic} (RFC 6749, section 2.3.1) or {@code post}. */
    @WithDefault("basic")
    ClientAuthentication clientAuthentication();

    /** The scopes that are asked for, with blanks between them; one of them is {@code openid}. */
    @WithDefault("openid")
    @Pattern(
            regexp = "(?:\\S+ )*openid(?: \\S+)*",
            message = "must be names with one blank between them, one of them openid")
    String scopes();

    /** What the button says after "Sign in with", 1 to 60 characters. */
    @WithDefault("single sign-on")
    @Size(min = 1, max = 60)
    String label();

    /**
     * How long a session lasts at most that the provider opened, 1 min to 90 days: what the provider takes away counts no later. {@code
     * access.session} holds too.
     */
    @WithDefault("8h")
    @DurationMin(minutes = 1)
    @DurationMax(days = 90)
    Duration longestSession();

    /** How a client shows its secret. */
    enum ClientAuthentication {
        /** In a header. */
        BASIC,
        /** In the form. */
        POST
    }
}
