package org.mcpagentic.custommcp.remote;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.mcpagentic.agent.tool.SideEffects;
import org.mcpagentic.agent.tool.ToolFailure;
import org.mcpagentic.custommcp.remote.registry.Audience;
import org.mcpagentic.custommcp.remote.registry.Location;
import org.mcpagentic.custommcp.remote.registry.ServerId;
import org.mcpagentic.custommcp.remote.registry.ServerSpec;
import org.mcpagentic.custommcp.tools.fetch.FetchUrl;

/** The servers that the configuration names; one that cannot be used stops the start. */
@Singleton
class ConfiguredServers {

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "::1", "[::1]");

    private final List<ServerSpec> servers;

    ConfiguredServers(RemoteConfig config, @ConfigProperty(name = "quarkus.http.host") String host) {
        boolean programs =
                config.stdio().enabled() && (LaunchMode.current() != LaunchMode.NORMAL || LOOPBACK.contains(host));
        this.servers = config.servers().entrySet().stream()
                .map(server -> read(server.getKey(), server.getValue(), programs))
                .toList();
    }

    List<ServerSpec> all() {
        return servers;
    }

    private static ServerSpec read(String name, RemoteConfig.Server server, boolean programs) {
        try {
            return new ServerSpec(
                    new ServerId(Optional.empty(), name),
                    location(server, programs),
                    server.token(),
                    new Audience(new TreeSet<>(server.tenants().orElse(List.of()))),
                    server.timeout(),
                    server.tools().map(Set::copyOf),
                    sideEffects(server.sideEffects()),
                    server.trustFirst());
        } catch (IllegalArgumentException | ToolFailure e) {
            throw new ConfigurationException("remote.servers.\"" + name + "\": " + e.getMessage());
        }
    }

    private static Location location(RemoteConfig.Server server, boolean programs) {
        if (server.url().isPresent() == server.command().isPresent()) {
            throw new IllegalArgumentException("give either a url or a command");
        }
        if (server.command().isPresent()) {
            if (!programs) {
                throw new IllegalArgumentException(
                        "a command needs remote.stdio.enabled=true, and in production that the"
                                + " service listens on the loopback interface alone");
            }
            return new Location.Program(server.command().get());
        }
        FetchUrl url = FetchUrl.of(server.url().orElseThrow());
        if (!url.secure() && server.token().isPresent() && !server.allowPrivate()) {
            throw new IllegalArgumentException("a token is sent over https only, unless allow-private=true");
        }
        return new Location.Http(server.url().get(), server.allowPrivate());
    }

    private static Map<String, SideEffects> sideEffects(Map<String, String> configured) {
        Map<String, SideEffects> effects = new HashMap<>();
        configured.forEach((tool, effect) -> effects.put(tool, SideEffects.valueOf(effect.toUpperCase(Locale.ROOT))));
        return effects;
    }
}
