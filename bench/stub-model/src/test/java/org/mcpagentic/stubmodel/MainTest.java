package org.mcpagentic.stubmodel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class MainTest {
    @Test
    void itSaysWhereItListensAndAtItsEndWhatItCounted(@TempDir Path folder) throws Exception {
        Path script = Files.writeString(folder.resolve("script.json"), """
                {"rules": [{"when": "hello", "then": [{"text": "hello yourself"}]}]}
                """);
        Process process = started("--port", "0", "--script", script.toString());
        try (BufferedReader out = process.inputReader(UTF_8);
                HttpClient http = HttpClient.newHttpClient()) {
            String gemini = out.readLine();
            String openAi = out.readLine();

            String answer = http.send(
                            HttpRequest.newBuilder(URI.create(after("openai ", openAi) + "/chat/completions"))
                                    .header("content-type", "application/json")
                                    .POST(HttpRequest.BodyPublishers.ofString("""
                                            {"model": "any", "messages": [{"role": "user", "content": "hello"}]}
                                            """))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
            // why: Process.destroy would close what it still says
            process.toHandle().destroy();
            List<String> counts = out.lines().toList();

            assertThat(after("gemini ", gemini)).endsWith("/v1beta");
            assertThat(answer).contains("hello yourself");
            assertThat(counts).contains("requests 1", "status 200 1", "most in flight 1", "early 0");
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void aWrongOptionExitsWithTheUsage() throws Exception {
        Process process = started("--prot", "1");

        boolean ended = process.waitFor(30, TimeUnit.SECONDS);

        assertThat(ended).isTrue();
        assertThat(process.exitValue()).isEqualTo(2);
        assertThat(process.errorReader(UTF_8).lines())
                .contains("there is no option --prot")
                .anyMatch(line -> line.startsWith("usage:"));
    }

    private static Process started(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).start();
    }

    private static String after(String label, String line) {
        assertThat(line).startsWith(label);
        return line.substring(label.length());
    }
}
