package org.mcpagentic.edge.mask;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.SmallRyeConfig;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;
import org.mcpagentic.access.mask.SecretMask;

/** The mask that knows this process' secrets and the configured patterns. */
@Singleton
public class ConfiguredMask {

    private static final Logger LOG = Logger.getLogger(ConfiguredMask.class);

    /** @throws ConfigurationException where a pattern cannot be used; Quarkus shows its message alone */
    @Produces
    @Singleton
    SecretMask mask(Config config, MaskConfig patterns) {
        Set<String> secrets = HeldSecrets.in(config);
        try {
            SecretMask mask = SecretMask.of(secrets, patterns.patterns());
            LOG.infof(
                    "secrets are masked held=%d patterns=%d",
                    secrets.size(), patterns.patterns().size());
            return mask;
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("mask.patterns: " + e.getMessage());
        }
    }

    /** A pattern that cannot be used stops the start. */
    void start(@Observes StartupEvent event, SecretMask mask) {
        // why: a bean that nobody asks is not made
        mask.mostHeldBack();
    }

    /** For logging, which begins before there are beans: patterns that cannot be used are left out, since the start stops at them. */
    public static SecretMask forLogging(Config config) {
        Set<String> secrets = HeldSecrets.in(config);
        try {
            return SecretMask.of(
                    secrets,
                    config.unwrap(SmallRyeConfig.class)
                            .getConfigMapping(MaskConfig.class)
                            .patterns());
        } catch (IllegalArgumentException | NoSuchElementException unusable) {
            return SecretMask.of(secrets, Map.of());
        }
    }
}
