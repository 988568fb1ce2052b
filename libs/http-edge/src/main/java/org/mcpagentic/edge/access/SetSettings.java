package org.mcpagentic.edge.access;

import io.smallrye.config.ConfigValue;
import io.smallrye.config.SmallRyeConfig;
import java.util.HashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.eclipse.microprofile.config.ConfigProvider;
import org.mcpagentic.access.audit.StartEvent;

/** The settings that somebody has set, rather than those that come along with the service. */
final class SetSettings {

    /** What the service brings along itself, its {@code application.properties}, has this ordinal. */
    private static final int OUR_OWN = 250;

    private SetSettings() {}

    static Map<String, String> read() {
        SmallRyeConfig config = ConfigProvider.getConfig().unwrap(SmallRyeConfig.class);
        Map<String, String> settings = new HashMap<>();
        for (String name : config.getPropertyNames()) {
            if (StartEvent.isRelevant(name)) {
                value(config, name).ifPresent(value -> settings.put(name, value));
            }
        }
        return settings;
    }

    private static Optional<String> value(SmallRyeConfig config, String name) {
        try {
            ConfigValue value = config.getConfigValue(name);
            return Optional.ofNullable(value.getValue()).filter(text -> value.getConfigSourceOrdinal() > OUR_OWN);
        } catch (NoSuchElementException e) {
            // why not fail: it is set to a variable that there is not, and whoever needs it will say so
            return Optional.of("");
        }
    }
}
