package org.mcpagentic.dashboard.signin;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** How people sign in. */
@ConfigMapping(prefix = "dashboard")
public interface SignInConfig {

    /** The token of a link that signs in once, within an hour of the first start; environment {@code DASHBOARD_SIGN_IN_LINK}. */
    Optional<String> signInLink();

    /** Id of the API key that the link signs in as, {@code k0-...}; environment {@code DASHBOARD_SIGN_IN_LINK_KEY}. */
    Optional<String> signInLinkKey();

    /** Where people's browsers find the page; the OpenID provider leads back there. Needed with {@code dashboard.oidc.client-id} only. */
    Optional<String> publicUrl();

    /** How often one address may try to sign in in a minute, 1 to 10,000. */
    @WithDefault("30")
    @Min(1)
    @Max(10_000)
    int signInsPerMinute();

    /** How soon at the latest an open stream notices that its session was ended elsewhere, 1 s to 10 min. */
    @WithDefault("60s")
    @DurationMin(seconds = 1)
    @DurationMax(minutes = 10)
    Duration sessionWatch();
}
