package org.mcpagentic.testsupport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackagedServiceTest {

    private static final String SWITCH = "service.native";

    private final Path module;

    PackagedServiceTest(@TempDir Path module) {
        this.module = module;
    }

    /** Stands for a service: is ready as soon as it listens. */
    static final class ReadyService {
        private ReadyService() {}

        public static void main(String[] arguments) throws IOException {
            HttpServer server = HttpServer.create(
                    new InetSocketAddress(
                            InetAddress.getLoopbackAddress(), Integer.parseInt(System.getenv("QUARKUS_HTTP_PORT"))),
                    0);
            server.createContext("/q/health/ready", exchange -> {
                exchange.sendResponseHeaders(200, -1);
                exchange.close();
            });
            server.start();
            System.out.println("listening");
        }
    }

    @BeforeEach
    void askForExecutables() {
        System.setProperty(SWITCH, "true");
    }

    @AfterEach
    void askForJars() {
        System.clearProperty(SWITCH);
    }

    @Test
    void startsTheExecutableWhereItIsToldTo() throws IOException {
        Path script = Files.writeString(
                Files.createDirectories(module.resolve("target")).resolve("some-service-1.2.3-runner"), """
                        #!/bin/sh
                        echo "the executable was given $*"
                        exec "%s" "$@" -cp "%s" '%s'
                        """.formatted(
                                Path.of(System.getProperty("java.home"), "bin", "java"),
                                System.getProperty("java.class.path"),
                                ReadyService.class.getName()));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));

        try (PackagedService service = PackagedService.start(module, Map.of())) {
            assertThat(service.isAlive()).isTrue();
            assertThat(service.lines()).contains("the executable was given -Xmx256m", "listening");
        }
    }

    @Test
    void saysSoWhereNothingIsPackaged() {
        assertThatThrownBy(() -> PackagedService.launch(module, Map.of()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("package the module first");
    }
}
