package org.mcpagentic.launcher;

import static org.assertj.core.api.Assertions.fail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.mcpagentic.localredis.FreePort;

/** The launcher as people run it: a process with an environment, whose lines are read. */
final class LauncherProcess implements AutoCloseable {
    private static final int LINE_LIMIT_SECONDS = 30;
    private static final String END_OF_LINES = "\u0000";
    private static final Pattern PROCESS_ID = Pattern.compile("\\(process (\\d+)\\)");

    private final Process process;
    private final LinkedBlockingQueue<String> unread = new LinkedBlockingQueue<>();
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Map<String, Long> processIds = new HashMap<>();

    private LauncherProcess(Process process) {
        this.process = process;
        Thread.ofPlatform().daemon().start(() -> {
            try (var reader =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                reader.lines().forEach(line -> {
                    lines.add(line);
                    unread.add(line);
                });
            } catch (IOException e) {
                lines.add(String.valueOf(e));
            } finally {
                unread.add(END_OF_LINES);
            }
        });
    }

    /** Free ports for the three services. */
    static Map<String, String> freePorts() {
        return Map.of(
                "CUSTOM_PORT", Integer.toString(FreePort.any()),
                "PUBLIC_PORT", Integer.toString(FreePort.any()),
                "DASHBOARD_PORT", Integer.toString(FreePort.any()));
    }

    static LauncherProcess start(Path checkout, Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Launcher.class.getName(),
                        checkout.toString())
                .redirectErrorStream(true);
        Stream.of(Setting.values()).map(Setting::name).forEach(builder.environment()::remove);
        builder.environment().keySet().removeAll(List.of("MODEL", "GEMINI_API_KEY"));
        builder.environment().putAll(environment);
        return new LauncherProcess(builder.start());
    }

    /** Starts it and returns when all services are ready. */
    static LauncherProcess startAndAwait(Path checkout, Map<String, String> environment) throws Exception {
        LauncherProcess launcher = start(checkout, environment);
        launcher.awaitLine("Ctrl-C stops everything");
        return launcher;
    }

    /** Reads on until a line contains the text, and returns that line. */
    String awaitLine(String text) throws InterruptedException {
        for (String line = next(); !line.equals(END_OF_LINES); line = next()) {
            Matcher ready = PROCESS_ID.matcher(line);
            if (ready.find()) {
                String name = line.substring(line.indexOf("s  ") + 3, line.indexOf(" is ready"));
                processIds.put(name, Long.parseLong(ready.group(1)));
            }
            if (line.contains(text)) {
                return line;
            }
        }
        return fail("no line with \"" + text + "\" in:\n" + String.join("\n", lines));
    }

    private String next() throws InterruptedException {
        String line = unread.poll(LINE_LIMIT_SECONDS, TimeUnit.SECONDS);
        return line != null ? line : END_OF_LINES;
    }

    /** The process of a component, as the launcher last said. */
    ProcessHandle component(String name) {
        Long pid = processIds.get(name);
        return ProcessHandle.of(pid == null ? -1 : pid)
                .orElseThrow(() -> new AssertionError("no process of " + name + " in " + processIds));
    }

    /** The launcher, its guards and all that they started, as far as they live. */
    List<ProcessHandle> family() {
        List<ProcessHandle> family = new ArrayList<>(process.descendants().toList());
        family.add(process.toHandle());
        return family;
    }

    void terminate() {
        // why: Process.destroy() would close the pipe too, and the last lines were lost
        process.toHandle().destroy();
    }

    void kill() {
        process.toHandle().destroyForcibly();
    }

    int awaitExit() throws InterruptedException {
        if (!process.waitFor(LINE_LIMIT_SECONDS, TimeUnit.SECONDS)) {
            return fail("the launcher did not end:\n" + String.join("\n", lines));
        }
        return process.exitValue();
    }

    /** All lines until its end. */
    List<String> allLines() throws InterruptedException {
        awaitExit();
        while (!next().equals(END_OF_LINES)) {
            // why: the last lines may come after the exit
        }
        return List.copyOf(lines);
    }

    @Override
    public void close() {
        terminate();
        process.onExit().join();
    }
}
