package org.mcpagentic.edge.oidc;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Pattern;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** Which OpenID provider is trusted, and what its tokens grant. */
@ConfigMapping(prefix = "access.oidc")
public interface OidcConfig {

    /**
     * The provider, exactly as it names itself in {@code iss}: https, or http on the loopback interface. Without it no token of
     * another system is known.
     */
    Optional<String> issuer();

    /** What a token has to be meant for: one of these has to be in {@code aud}. Needed with the issuer. */
    Optional<List<String>> audience();

    /** Which tokens are taken as bearer tokens: {@code typed}, {@code access} or {@code any}. */
    @WithDefault("access")
    BearerRule tokens();

    /** The claim that names the tenant; a token without it is refused. Without this setting all are of {@link #tenant}. */
    Optional<String> tenantClaim();

    /** The tenant of everyone, where no claim names one. */
    @WithDefault("default")
    @Pattern(regexp = "[a-z0-9_-]{1,64}", message = "must be 1 to 64 characters of a-z, 0-9, _ and -")
    String tenant();

    /** The claim that names the person. It must be one that people cannot change and the provider gives to no other. */
    @WithDefault("sub")
    String ownerClaim();

    /** The claim that holds what may be done: text with blanks between the names, or a list of names. */
    @WithDefault("scope")
    String scopesClaim();

    /**
     * Which scopes of ours, with blanks between them, stand for a name in {@link #scopesClaim}. Where there is no mapping at all, names
     * that are scopes of ours stand for themselves; other names stand for nothing.
     */
    Map<String, String> scopeMapping();

    /** More of {@link #scopeMapping} in one setting: {@code name=scopes;name=scopes}. Environment variables keep no capital letters in names. */
    Optional<String> scopeMappings();

    /** How far the provider's clock may be off, 0 s to 5 min. */
    @WithDefault("30s")
    @DurationMin(seconds = 0)
    @DurationMax(minutes = 5)
    Duration clockSkew();

    /** What tokens may be signed with. */
    @WithDefault("RS256,PS256,ES256,EdDSA")
    @NotEmpty
    List<SignatureAlgorithm> algorithms();

    /** PEM file of the only certificate authorities that the provider's certificate may come from; without it the JDK's. */
    Optional<Path> ca();

    /** How often each person may ask in a minute. */
    Optional<@Min(1) @Max(1_000_000) Integer> requestsPerMinute();

    /** How many tasks each person may have under way. */
    Optional<@Min(1) @Max(1_000_000) Integer> concurrentTasks();

    /** How many questions of each person may be answered at once. */
    Optional<@Min(1) @Max(100_000) Integer> concurrentQuestions();

    /** How many tokens, read and written, each person may use in a day of UTC. */
    Optional<@Min(0) Long> tokensPerDay();

    /** How many US dollars each person may use in a day of UTC, 0 to 1,000,000. */
    Optional<@DecimalMin("0") @DecimalMax("1000000") BigDecimal> costPerDay();
}
