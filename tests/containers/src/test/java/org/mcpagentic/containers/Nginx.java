package org.mcpagentic.containers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** A real nginx on this machine, which is told anew where requests go. Closing it ends it. */
final class Nginx implements AutoCloseable {

    private static final Path MODULE = Path.of("/usr/lib/nginx/modules/ngx_stream_module.so");

    private final Path folder;
    private final Process process;

    private Nginx(Path folder, Process process) {
        this.folder = folder;
        this.process = process;
    }

    /**
     * Where the connections to one address go, in turn.
     *
     * @param listen address and port
     * @param servers addresses and ports; may be empty
     */
    record Way(String listen, List<String> servers) {
        Way {
            servers = List.copyOf(servers);
        }
    }

    /** The same for requests, by the name that servers call it. */
    record Upstream(String name, List<String> servers) {
        Upstream {
            servers = List.copyOf(servers);
        }
    }

    static Nginx start(Path folder, String servers, List<Upstream> upstreams, List<Way> ways) {
        write(folder, servers, upstreams, ways);
        try {
            return new Nginx(
                    folder,
                    new ProcessBuilder(
                                    "nginx",
                                    "-p",
                                    folder.toString(),
                                    "-c",
                                    configuration(folder).toString())
                            .redirectErrorStream(true)
                            .redirectOutput(folder.resolve("nginx.out").toFile())
                            .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes it go by this from now on; what is under way ends where it began. */
    void reload(String servers, List<Upstream> upstreams, List<Way> ways) {
        write(folder, servers, upstreams, ways);
        // why: the signal of a reload, and nginx has no other way to be told
        Tool.of("kill", "-HUP").run(Long.toString(process.pid()));
    }

    boolean isAlive() {
        return process.isAlive();
    }

    String said() {
        try {
            return Files.readString(folder.resolve("nginx.out")) + Files.readString(folder.resolve("error.log"));
        } catch (IOException e) {
            return String.valueOf(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path configuration(Path folder) {
        return folder.resolve("nginx.conf").toAbsolutePath();
    }

    private static void write(Path folder, String servers, List<Upstream> upstreams, List<Way> ways) {
        String text = """
                %s
                daemon off;
                worker_processes 2;
                pid nginx.pid;
                error_log error.log warn;
                events { worker_connections 1024; }
                stream {
                %s}
                http {
                    access_log access.log;
                    client_body_temp_path body;
                    proxy_temp_path proxy;
                    fastcgi_temp_path fastcgi;
                    uwsgi_temp_path uwsgi;
                    scgi_temp_path scgi;
                %s
                %s}
                """.formatted(
                        Files.exists(MODULE) ? "load_module " + MODULE + ";" : "",
                        ways.stream().map(Nginx::way).collect(Collectors.joining()),
                        upstreams.stream().map(Nginx::upstream).collect(Collectors.joining()),
                        servers);
        try {
            Files.createDirectories(folder);
            Files.writeString(configuration(folder), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String way(Way way) {
        String name = "way_" + way.listen().replace('.', '_').replace(':', '_');
        return """
                upstream %s {
                %s}
                server {
                    listen %s;
                    proxy_connect_timeout 2s;
                    proxy_timeout 1h;
                    proxy_pass %s;
                }
                """.formatted(name, servers(way.servers()), way.listen(), name);
    }

    private static String upstream(Upstream upstream) {
        return """
                upstream %s {
                %s    keepalive 32;
                }
                """.formatted(upstream.name(), servers(upstream.servers()));
    }

    private static String servers(List<String> servers) {
        // why: nginx wants one, and to nobody's port it says 502 as a Service without pods does
        List<String> some = servers.isEmpty() ? List.of("127.0.0.1:9 down") : servers;
        return some.stream()
                .map(server -> "    server " + server + " max_fails=0;\n")
                .collect(Collectors.joining());
    }
}
