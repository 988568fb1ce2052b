package org.mcpagentic.launcher;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mcpagentic.localredis.FreePort;

/** Looks for what would keep the system from starting, before anything is started. */
final class Preflight {
    private static final long LEAST_FREE_MEBIBYTES = 200;
    private static final int REDIS_DEFAULT_PORT = 6379;
    private static final int CONNECT_TIMEOUT_MILLIS = 3_000;

    private Preflight() {}

    /** One line per hindrance, each with what to do about it; none if the system can be started. */
    static List<String> hindrances(Settings settings, List<Service> services) {
        List<String> found = new ArrayList<>();
        for (Service service : services) {
            if (!Files.isRegularFile(service.program())) {
                found.add("%s is not built, there is no %s: run `make build`"
                        .formatted(service.name(), service.program()));
            }
            for (int port : service.ports()) {
                port(service.name(), port, service.portSetting()).ifPresent(found::add);
            }
        }
        if (!settings.redisUrls().isEmpty()) {
            outsideRedis(settings.redisUrls()).ifPresent(found::add);
        } else {
            if (settings.redisPort() > 0) {
                port(RedisComponent.NAME, settings.redisPort(), Setting.REDIS_PORT)
                        .ifPresent(found::add);
            }
            dataFolder(settings.dataFolder()).ifPresent(found::add);
        }
        return List.copyOf(found);
    }

    private static Optional<String> port(String name, int port, Setting setting) {
        return FreePort.isFree(port)
                ? Optional.empty()
                : Optional.of("port %d of %s is in use by %s: stop that one, or choose another port with %s"
                        .formatted(port, name, PortHolder.describe(port), setting));
    }

    private static Optional<String> dataFolder(Path folder) {
        try {
            Files.createDirectories(folder);
            Files.delete(Files.createTempFile(folder, "writable", null));
            long free = Files.getFileStore(folder).getUsableSpace() / (1024 * 1024);
            return free >= LEAST_FREE_MEBIBYTES
                    ? Optional.empty()
                    : Optional.of("only %d MiB are free for the data folder %s, %d are needed: free some, or set %s"
                            .formatted(free, folder, LEAST_FREE_MEBIBYTES, Setting.DATA_DIR));
        } catch (IOException e) {
            return Optional.of("the data folder %s cannot be written (%s): mend that, or set %s"
                    .formatted(folder, e, Setting.DATA_DIR));
        }
    }

    /** One of several Sentinels or nodes is enough: the services ask the others too. */
    private static Optional<String> outsideRedis(List<URI> urls) {
        Optional<String> fault = Optional.empty();
        for (URI url : urls) {
            fault = outsideRedis(url);
            if (fault.isEmpty()) {
                return fault;
            }
        }
        return fault;
    }

    private static Optional<String> outsideRedis(URI url) {
        int port = url.getPort() < 0 ? REDIS_DEFAULT_PORT : url.getPort();
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(url.getHost(), port), CONNECT_TIMEOUT_MILLIS);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("no Redis answers on %s:%d (%s): start it, or change or unset %s"
                    .formatted(url.getHost(), port, e.getMessage(), Setting.REDIS_URL));
        }
    }
}
