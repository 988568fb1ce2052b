package org.mcpagentic.launcher;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One of the three services and where its replicas listen.
 *
 * @param name the service's and its module's
 * @param jar what {@code make build} makes of it
 * @param ports one replica listens on each, at least one
 * @param portSetting the setting that changes the ports
 */
record Service(String name, Path jar, List<Integer> ports, Setting portSetting) {
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
        return new Service(
                name, checkout.resolve(name).resolve("target/quarkus-app/quarkus-run.jar"), ports, portSetting);
    }

    /** What each replica is called: the service's name alone, or with its port if there are several. */
    Stream<String> replicaNames() {
        return ports.stream().map(this::replicaName);
    }

    /** The replicas, each with the environment and its lines shown. */
    Stream<ServiceComponent> replicas(Map<String, String> environment, Console console, ChosenModel model) {
        Function<Integer, ServiceComponent> replica = port -> new ServiceComponent(
                replicaName(port), jar, port, environment, model.heardIn(console.linesOf(replicaName(port))));
        return ports.stream().map(replica);
    }

    private String replicaName(int port) {
        return ports.size() == 1 ? name : name + ":" + port;
    }
}
