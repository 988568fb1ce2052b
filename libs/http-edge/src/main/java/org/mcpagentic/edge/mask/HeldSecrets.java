package org.mcpagentic.edge.mask;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;
import org.mcpagentic.access.mask.SecretMask;

/**
 * The secrets in a process' configuration, whether they come from the environment, from files or from the command line: the
 * values of all settings whose name says that they are one, and the passwords in addresses.
 */
final class HeldSecrets {

    private static final Pattern NAMES =
            Pattern.compile("(?:.*[._-])?(?:api[_-]?key|access[_-]?key|secret[_-]?key|private[_-]?key"
                    + "|secret|password|passwd|passphrase|token|credentials?|secret[_-]access[_-]key)");

    private static final Pattern PASSWORD_IN_URL = Pattern.compile("://[^/?#\\s:@]*:([^/?#\\s]+)@");

    private HeldSecrets() {}

    /** All that are long enough to be told from other text. */
    static Set<String> in(Config config) {
        Set<String> secrets = new LinkedHashSet<>();
        for (String name : config.getPropertyNames()) {
            value(config, name).ifPresent(value -> {
                if (isSecret(name)) {
                    secrets.add(value.strip());
                }
                if (isListOfKeys(name)) {
                    for (String entry : value.split(",", -1)) {
                        secrets.add(entry.substring(entry.indexOf(':') + 1).strip());
                    }
                }
                Matcher url = PASSWORD_IN_URL.matcher(value);
                while (url.find()) {
                    secrets.add(url.group(1));
                }
            });
        }
        secrets.removeIf(secret -> secret.length() < SecretMask.SHORTEST_LITERAL
                || secret.length() > SecretMask.LONGEST_LITERAL
                || isDuration(secret));
        return secrets;
    }

    /** Entries of an id, a colon and a key. */
    private static boolean isListOfKeys(String name) {
        return name.toLowerCase(Locale.ROOT).matches("(?:.*[._-])?encryption[._-]keys(?:\\[\\d+])?");
    }

    private static boolean isSecret(String name) {
        return NAMES.matcher(name.replace("\"", "").toLowerCase(Locale.ROOT)).matches();
    }

    /** {@code timeout.first-token} and its like end with the word and are none. */
    private static boolean isDuration(String value) {
        return value.matches("(?i)P?T?[0-9]+(ms|[smhd])?|PT[0-9HMS.]+");
    }

    private static Optional<String> value(Config config, String name) {
        try {
            return config.getOptionalValue(name, String.class);
        } catch (NoSuchElementException | IllegalArgumentException unreadable) {
            // why: a setting that refers to one that there is not has no value, and whoever needs it will say so
            return Optional.empty();
        }
    }
}
