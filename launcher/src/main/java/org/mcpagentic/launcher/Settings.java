package org.mcpagentic.launcher;

import static java.util.stream.Collectors.joining;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the launcher was asked to do.
 *
 * @param customPorts one replica of custom-mcp-service runs on each, at least one
 * @param publicPorts one replica of public-mcp-service runs on each, at least one
 * @param dashboardPorts one replica of dashboard-service runs on each, at least one
 * @param redisPort where the Redis that is started listens; 0 is any free port
 * @param redisUrls the outside Redis, or its Sentinels or nodes; none is started if there is any
 * @param dataFolder keeps the data of the Redis that is started, and the access secret
 * @param access whether callers have to prove who they are
 */
record Settings(
        List<Integer> customPorts,
        List<Integer> publicPorts,
        List<Integer> dashboardPorts,
        int redisPort,
        List<URI> redisUrls,
        Path dataFolder,
        boolean access) {

    Settings {
        customPorts = List.copyOf(customPorts);
        publicPorts = List.copyOf(publicPorts);
        dashboardPorts = List.copyOf(dashboardPorts);
        redisUrls = List.copyOf(redisUrls);
    }

    /** The settings cannot be used; one message per fault. */
    static final class InvalidException extends Exception {
        private static final long serialVersionUID = 1L;

        private InvalidException(List<String> faults) {
            super(String.join("\n", faults));
        }
    }

    /**
     * Reads and checks the settings.
     *
     * @param folder what a relative DATA_DIR is relative to
     * @throws InvalidException if any of them cannot be used
     */
    static Settings from(Map<String, String> environment, Path folder) throws InvalidException {
        Reader reader = new Reader(environment);
        List<Integer> customPorts = reader.ports(Setting.CUSTOM_PORT);
        List<Integer> publicPorts = reader.ports(Setting.PUBLIC_PORT);
        List<Integer> dashboardPorts = reader.ports(Setting.DASHBOARD_PORT);
        int redisPort = reader.redisPort();
        List<URI> redisUrls = reader.redisUrls();
        boolean access = reader.access();
        if (!reader.faults.isEmpty()) {
            throw new InvalidException(reader.faults);
        }
        Path dataFolder = folder.resolve(Setting.DATA_DIR.orDefaultIn(environment));
        return new Settings(customPorts, publicPorts, dashboardPorts, redisPort, redisUrls, dataFolder, access);
    }

    /** Collects all faults, so that nobody has to mend them one start at a time. */
    private static final class Reader {
        private final Map<String, String> environment;
        private final List<String> faults = new ArrayList<>();
        private final Map<Integer, Setting> taken = new HashMap<>();

        Reader(Map<String, String> environment) {
            this.environment = environment;
        }

        List<Integer> ports(Setting setting) {
            String value = setting.orDefaultIn(environment);
            return Arrays.stream(value.split(",", -1))
                    .map(String::strip)
                    .flatMap(port -> port(setting, value, port).stream())
                    .toList();
        }

        int redisPort() {
            Optional<String> value = Setting.REDIS_PORT.in(environment);
            return value.flatMap(text -> port(Setting.REDIS_PORT, text, text)).orElse(0);
        }

        boolean access() {
            String value = Setting.ACCESS_ENABLED.orDefaultIn(environment);
            if (!List.of("true", "false").contains(value)) {
                faults.add("ACCESS_ENABLED=%s: true or false".formatted(value));
            }
            return !value.equals("false");
        }

        List<URI> redisUrls() {
            Optional<String> value = Setting.REDIS_URL.in(environment);
            if (value.isPresent() && Setting.REDIS_PORT.in(environment).isPresent()) {
                faults.add(
                        "REDIS_PORT is the port of a Redis that is started, and REDIS_URL starts none: unset one of them");
            }
            List<URI> urls = value.stream()
                    .flatMap(list -> Stream.of(list.split(",", -1)))
                    .flatMap(url -> redisUrl(url.strip()).stream())
                    .toList();
            if (value.isPresent() && urls.size() < value.get().split(",", -1).length) {
                faults.add("REDIS_URL is not of the form redis://HOST:PORT");
            }
            return urls;
        }

        private static Optional<URI> redisUrl(String value) {
            try {
                URI url = new URI(value);
                if (List.of("redis", "rediss").contains(String.valueOf(url.getScheme())) && url.getHost() != null) {
                    return Optional.of(url);
                }
            } catch (URISyntaxException e) {
                // why: told below, without the value, which may hold a password
            }
            return Optional.empty();
        }

        private Optional<Integer> port(Setting setting, String value, String text) {
            int port = text.matches("\\d{1,5}") ? Integer.parseInt(text) : 0;
            if (port < 1 || port > 65_535) {
                faults.add("%s=%s: \"%s\" is not a port (1 to 65535)".formatted(setting, value, text));
                return Optional.empty();
            }
            Setting other = taken.putIfAbsent(port, setting);
            if (other != null) {
                String both = List.of(other, setting).stream()
                        .distinct()
                        .map(Setting::name)
                        .collect(joining(" and "));
                faults.add("port %d is given twice, by %s: choose different ports".formatted(port, both));
                return Optional.empty();
            }
            return Optional.of(port);
        }
    }
}
