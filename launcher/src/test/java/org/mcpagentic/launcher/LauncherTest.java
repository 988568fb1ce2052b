package org.mcpagentic.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mcpagentic.localredis.FreePort;
import org.mcpagentic.localredis.LocalRedis;

@Timeout(120)
class LauncherTest {
    private final Path checkout;
    private final Map<String, String> environment = new HashMap<>(LauncherProcess.freePorts());

    LauncherTest(@TempDir Path checkout) {
        this.checkout = checkout;
    }

    @BeforeEach
    void buildServices() throws IOException {
        FakeService.installIn(checkout);
    }

    @Test
    void endsAllThatItStartedOnSigterm() throws Exception {
        LauncherProcess launcher = LauncherProcess.startAndAwait(checkout, environment);
        List<ProcessHandle> family = launcher.family();

        launcher.terminate();

        assertThat(launcher.awaitExit()).isZero();
        assertThat(family).hasSizeGreaterThan(8).noneMatch(ProcessHandle::isAlive);
    }

    @Test
    void startsExecutablesInPlaceOfJarsWhereItIsToldTo() throws Exception {
        FakeService.installExecutablesIn(checkout);
        environment.put("JDK_JAVA_OPTIONS", "-Dservice.native=true");
        LauncherProcess launcher = LauncherProcess.startAndAwait(checkout, environment);

        launcher.terminate();

        assertThat(launcher.allLines())
                .filteredOn(line -> line.endsWith("the executable was given -Xmx256m"))
                .hasSize(3);
        assertThat(launcher.awaitExit()).isZero();
    }

    @Test
    void endsRedisAfterTheServices() throws Exception {
        LauncherProcess launcher = LauncherProcess.startAndAwait(checkout, environment);

        launcher.terminate();

        List<String> farewells = launcher.allLines().stream()
                .filter(line -> line.contains("says bye") || line.contains("bye bye") || line.endsWith("stopped"))
                .toList();
        assertThat(farewells).hasSize(5);
        assertThat(farewells.subList(0, 3)).allMatch(line -> line.endsWith("service says bye"));
        assertThat(farewells.get(3)).startsWith("redis ");
        assertThat(farewells.get(4)).startsWith("launcher ");
    }

    @Test
    void losesNothingOverARestart() throws Exception {
        environment.put("DATA_DIR", "kept");
        environment.put("REDIS_PORT", Integer.toString(FreePort.any()));
        LauncherProcess first = LauncherProcess.startAndAwait(checkout, environment);
        assertThat(redis("INCR starts")).isEqualTo(":1");

        first.terminate();
        assertThat(first.awaitExit()).isZero();

        try (LauncherProcess second = LauncherProcess.startAndAwait(checkout, environment)) {
            assertThat(redis("INCR starts")).isEqualTo(":2");
            assertThat(second.component("redis").isAlive()).isTrue();
        }
        assertThat(checkout.resolve("kept/redis")).isDirectory();
    }

    @Test
    void showsWhereToGo() throws Exception {
        environment.put("CUSTOM_PORT", environment.get("CUSTOM_PORT") + "," + FreePort.any());
        try (LauncherProcess launcher = LauncherProcess.startAndAwait(checkout, environment)) {
            launcher.terminate();
            List<String> lines = launcher.allLines();

            for (String port : environment.get("CUSTOM_PORT").split(",", -1)) {
                assertThat(lines)
                        .anyMatch(line -> line.contains("tasks      http://localhost:" + port + "/q/swagger-ui"))
                        .anyMatch(line -> line.startsWith("custom-mcp-service:" + port + " | uses redis://127.0.0.1:"));
            }
            assertThat(lines)
                    .anyMatch(line ->
                            line.contains("page       http://localhost:" + environment.get("DASHBOARD_PORT") + "/"))
                    .anyMatch(line -> line.contains("model      house (http://localhost:"
                            + environment.get("CUSTOM_PORT").split(",", -1)[0] + "/model lists all)"))
                    .noneMatch(line -> line.contains("\u001b"));
        }
    }

    @Test
    void startsAServiceAgainThatDies() throws Exception {
        try (LauncherProcess launcher = LauncherProcess.startAndAwait(checkout, environment)) {
            ProcessHandle victim = launcher.component("public-mcp-service");

            victim.destroyForcibly();

            assertThat(launcher.awaitLine("ended by itself"))
                    .contains("public-mcp-service ended by itself with exit code 137; it is started again in 0.5 s");
            launcher.awaitLine("public-mcp-service is ready");
            assertThat(launcher.component("public-mcp-service").pid()).isNotEqualTo(victim.pid());
        }
    }

    @Test
    void startsRedisAgainThatDies() throws Exception {
        environment.put("REDIS_PORT", Integer.toString(FreePort.any()));
        try (LauncherProcess launcher = LauncherProcess.startAndAwait(checkout, environment)) {
            launcher.component("redis").destroyForcibly();

            launcher.awaitLine("redis is ready");

            assertThat(redis("PING")).isEqualTo("+PONG");
        }
    }

    @Test
    void givesUpOnAServiceThatDiesTooOften() throws Exception {
        LauncherProcess launcher = LauncherProcess.startAndAwait(checkout, environment);
        for (int death = 1; death <= 3; death++) {
            launcher.component("dashboard-service").destroyForcibly();
            launcher.awaitLine("dashboard-service is ready");
        }
        List<ProcessHandle> family = launcher.family();

        launcher.component("dashboard-service").destroyForcibly();

        launcher.awaitLine("dashboard-service ended by itself with exit code 137, too often");
        assertThat(launcher.awaitExit()).isEqualTo(1);
        assertThat(family).noneMatch(ProcessHandle::isAlive);
    }

    @Test
    void endsWhenAServiceCannotStartAndSaysWhyAndNothingElse() throws Exception {
        environment.put("FAKE_EXIT", "3");
        environment.put("FAKE_EXIT_PORT", environment.get("CUSTOM_PORT"));

        LauncherProcess launcher = LauncherProcess.start(checkout, environment);

        assertThat(launcher.awaitExit()).isEqualTo(1);
        assertThat(launcher.allLines())
                .filteredOn(line -> !line.startsWith("redis "))
                .containsSubsequence("custom-mcp-service | MODEL is unusable")
                .anyMatch(
                        line -> line.endsWith(
                                "custom-mcp-service ended by itself with exit code 3 before it was ready: its lines above say why"))
                .noneMatch(line -> line.contains("started again"))
                .noneMatch(line -> line.contains("broke off"));
    }

    @Test
    void isNotSurvivedByAnythingWhenItIsKilled() throws Exception {
        LauncherProcess launcher = LauncherProcess.startAndAwait(checkout, environment);
        List<ProcessHandle> family = launcher.family();

        launcher.kill();

        for (ProcessHandle member : family) {
            member.onExit().get(20, TimeUnit.SECONDS);
        }
        try (LauncherProcess heir = LauncherProcess.startAndAwait(checkout, environment)) {
            assertThat(heir.component("redis").isAlive()).isTrue();
        }
    }

    @Test
    void leavesAnOutsideRedisAlone() throws Exception {
        try (LocalRedis outside = LocalRedis.start()) {
            environment.put("REDIS_URL", outside.url());
            LauncherProcess launcher = LauncherProcess.startAndAwait(checkout, environment);

            launcher.terminate();

            assertThat(launcher.allLines())
                    .anyMatch(line -> line.contains("uses " + outside.url()))
                    .noneMatch(line -> line.startsWith("redis "));
            assertThat(outside.command("PING")).isEqualTo("PONG");
            assertThat(checkout.resolve(".data/redis")).doesNotExist();
        }
    }

    @Test
    void refusesADataFolderThatAnotherLauncherUses() throws Exception {
        try (LauncherProcess first = LauncherProcess.startAndAwait(checkout, environment)) {
            LauncherProcess second = LauncherProcess.start(checkout, LauncherProcess.freePorts());

            assertThat(second.awaitLine("is in use by process")).contains("DATA_DIR");
            assertThat(second.awaitExit()).isEqualTo(1);
            assertThat(first.component("redis").isAlive()).isTrue();
        }
    }

    @Test
    void namesTheHolderOfAnOccupiedPort() throws Exception {
        try (ServerSocket holder = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            environment.put("PUBLIC_PORT", Integer.toString(holder.getLocalPort()));

            LauncherProcess launcher = LauncherProcess.start(checkout, environment);

            assertThat(launcher.awaitExit()).isEqualTo(1);
            assertThat(launcher.allLines())
                    .singleElement()
                    .asString()
                    .startsWith("launcher: port %d of public-mcp-service is in use by process %d"
                            .formatted(
                                    holder.getLocalPort(),
                                    ProcessHandle.current().pid()))
                    .endsWith("stop that one, or choose another port with PUBLIC_PORT");
        }
    }

    @Test
    void saysWhatToDoWhenNothingIsBuilt() throws Exception {
        Files.delete(checkout.resolve("dashboard-service/target/quarkus-app/quarkus-run.jar"));

        LauncherProcess launcher = LauncherProcess.start(checkout, environment);

        assertThat(launcher.awaitExit()).isEqualTo(1);
        assertThat(launcher.allLines())
                .singleElement()
                .asString()
                .startsWith("launcher: dashboard-service is not built")
                .endsWith("run `make build`");
    }

    @Test
    void exitsDifferentlyOnUnusableSettings() throws Exception {
        environment.put("CUSTOM_PORT", "eight");

        LauncherProcess launcher = LauncherProcess.start(checkout, environment);

        assertThat(launcher.awaitExit()).isEqualTo(2);
        assertThat(launcher.allLines())
                .containsExactly("launcher: CUSTOM_PORT=eight: \"eight\" is not a port (1 to 65535)");
    }

    /** Sends one command to the launcher's Redis and returns the first line of the reply. */
    private String redis(String command) throws IOException {
        int port = Integer.parseInt(environment.get("REDIS_PORT"));
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
        }
    }
}
