package org.mcpagentic.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One of the three services and where its replicas listen.
 *
 * @param name the service's and its module's
 * @param program what {@code make build} makes of it: a jar; with the system property {@code service.native} set to true, the executable
 *     that {@code make native} makes
 * @param ports one replica listens on each, at least one
 * @param portSetting the setting that changes the ports
 */
record Service(String name, Path program, List<Integer> ports, Setting portSetting) {
    Service {
        ports = List.copyOf(ports);
    }

    /** The services in the order in which they are started. */
    static List<Service> all(Settings settings, Path checkout) {
        return List.of(
                in(checkout, "custom-mcp-service", settings.customPorts(), Setting.CUSTOM_PORT),
                in(checkout, "public-mcp-service", settings.publicPorts(), Setting.PUBLIC_PORT),
                in(checkout, "dashboard-service", settings.dashboardPorts(), Setting.DASHBOARD_PORT));
    }

    private static Service in(Path checkout, String name, List<Integer> ports, Setting portSetting) {
        Path target = checkout.resolve(name).resolve("target");
        Path program = Boolean.getBoolean("service.native")
                ? executable(target, name)
                : target.resolve("quarkus-app").resolve("quarkus-run.jar");
        return new Service(name, program, ports, portSetting);
    }

    /** The executable, whose name carries the version; where there is none, a path at which nothing is. */
    private static Path executable(Path target, String name) {
        Path none = target.resolve(name + "-runner");
        if (!Files.isDirectory(target)) {
            return none;
        }
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(file -> file.toString().endsWith("-runner"))
                    .findFirst()
                    .orElse(none);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What each replica is called: the service's name alone, or with its port if there are several. */
    Stream<String> replicaNames() {
        return ports.stream().map(this::replicaName);
    }

    /** The replicas, each with the environment and its lines shown. */
    Stream<ServiceComponent> replicas(Map<String, String> environment, Console console, ChosenModel model) {
        Function<Integer, ServiceComponent> replica = port -> new ServiceComponent(
                replicaName(port), program, port, environment, model.heardIn(console.linesOf(replicaName(port))));
        return ports.stream().map(replica);
    }

    private String replicaName(int port) {
        return ports.size() == 1 ? name : name + ":" + port;
    }
}
