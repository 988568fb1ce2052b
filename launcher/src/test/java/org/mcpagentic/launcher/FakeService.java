package org.mcpagentic.launcher;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Stands for a service: is ready as soon as it listens, and says which settings it was given and which model answers. */
public final class FakeService {
    private FakeService() {}

    /**
     * Listens where the environment says. Where FAKE_EXIT is set, one of them ends at once with that code and says why; the
     * others never get ready and complain when they are stopped.
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        String exit = System.getenv("FAKE_EXIT");
        if (exit != null) {
            failToStart(Integer.parseInt(exit));
        }
        System.out.println("uses " + System.getenv("REDIS_URL") + " " + System.getenv("CUSTOM_MCP_URL"));
        HttpServer server = HttpServer.create(
                new InetSocketAddress(
                        InetAddress.ofLiteral(System.getenv("QUARKUS_HTTP_HOST")),
                        Integer.parseInt(System.getenv("QUARKUS_HTTP_PORT"))),
                0);
        server.createContext("/q/health/ready", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        System.out.println("model chosen model=house fallback=none ready=house,offline");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("service says bye")));
        server.start();
    }

    private static void failToStart(int code) throws InterruptedException {
        if (System.getenv("QUARKUS_HTTP_PORT").equals(System.getenv("FAKE_EXIT_PORT"))) {
            Thread.sleep(1_000);
            System.err.println("MODEL is unusable");
            System.exit(code);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("the start broke off")));
        Thread.sleep(60_000);
    }

    /** Lays this program where a checkout has the built services. */
    static void installIn(Path checkout) throws IOException {
        for (String service : new String[] {"custom-mcp-service", "public-mcp-service", "dashboard-service"}) {
            Path folder = Files.createDirectories(checkout.resolve(service).resolve("target/quarkus-app"));
            try (OutputStream file = Files.newOutputStream(folder.resolve("quarkus-run.jar"))) {
                writeJar(file);
            }
        }
    }

    /** Lays scripts that start the jars where {@code make native} leaves executables. */
    static void installExecutablesIn(Path checkout) throws IOException {
        for (String service : new String[] {"custom-mcp-service", "public-mcp-service", "dashboard-service"}) {
            Path target = checkout.resolve(service).resolve("target");
            Path script = Files.writeString(target.resolve(service + "-1.2.3-runner"), """
                    #!/bin/sh
                    echo "the executable was given $*"
                    exec "%s" "$@" -jar "%s"
                    """.formatted(
                            Path.of(System.getProperty("java.home"), "bin", "java"),
                            target.resolve("quarkus-app/quarkus-run.jar")));
            Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    private static void writeJar(OutputStream file) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, FakeService.class.getName());
        String entry = FakeService.class.getName().replace('.', '/') + ".class";
        try (JarOutputStream jar = new JarOutputStream(file, manifest);
                var content = FakeService.class.getResourceAsStream("/" + entry)) {
            jar.putNextEntry(new JarEntry(entry));
            Objects.requireNonNull(content).transferTo(jar);
        }
    }
}
