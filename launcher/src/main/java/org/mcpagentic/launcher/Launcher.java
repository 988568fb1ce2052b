package org.mcpagentic.launcher;

import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mcpagentic.access.token.Token;
import org.mcpagentic.localredis.LocalRedis;

/** Starts the whole system, keeps it running and ends it. */
public final class Launcher {
    private static final int STOPPED = 0;
    private static final int FAILED = 1;
    private static final int UNUSABLE_SETTINGS = 2;

    private final Settings settings;
    private final List<Service> services;
    private final Console console;
    private final Supervisor supervisor;
    private final ChosenModel model = new ChosenModel();

    private Launcher(Settings settings, List<Service> services, Console console) {
        this.settings = settings;
        this.services = services;
        this.console = console;
        this.supervisor = new Supervisor(console, InstantSource.system());
    }

    /**
     * Runs until it is told to stop by Ctrl-C or SIGTERM (exit code 0), or the system cannot be started or go on (1, or 2
     * if the settings are unusable). Settings come from the environment.
     *
     * @param arguments {@code --help}, or the checkout whose services are run, or nothing for the current folder
     */
    public static void main(String[] arguments) {
        if (arguments.length > 0 && List.of("--help", "-h").contains(arguments[0])) {
            System.out.println(help());
            return;
        }
        if (arguments.length > 1 || Stream.of(arguments).anyMatch(argument -> argument.startsWith("-"))) {
            System.err.println("launcher: not understood: " + String.join(" ", arguments) + "; --help tells what is");
            System.exit(UNUSABLE_SETTINGS);
        }
        Path checkout = Path.of(arguments.length > 0 ? arguments[0] : "").toAbsolutePath();
        try {
            System.exit(start(Settings.from(System.getenv(), checkout), checkout));
        } catch (Settings.InvalidException e) {
            String.valueOf(e.getMessage()).lines().forEach(fault -> System.err.println("launcher: " + fault));
            System.exit(UNUSABLE_SETTINGS);
        }
    }

    private static int start(Settings settings, Path checkout) {
        List<Service> services = Service.all(settings, checkout);
        List<String> hindrances = Preflight.hindrances(settings, services);
        if (!hindrances.isEmpty()) {
            hindrances.forEach(hindrance -> System.err.println("launcher: " + hindrance));
            return FAILED;
        }
        int nameWidth = services.stream()
                .flatMap(Service::replicaNames)
                .mapToInt(String::length)
                .max()
                .orElse(0);
        Launcher launcher = new Launcher(settings, services, new Console(System.out, isColoured(), nameWidth));
        return launcher.runUntilFailure();
    }

    private static boolean isColoured() {
        return Optional.ofNullable(System.console())
                .filter(java.io.Console::isTerminal)
                .filter(terminal -> System.getenv("NO_COLOR") == null)
                .isPresent();
    }

    private int runUntilFailure() {
        AtomicInteger exitCode = new AtomicInteger(STOPPED);
        // why: every way out, by signal or by failure, leads through this hook, so that there is one way to stop
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            console.say("stopping all that was started");
            supervisor.stopAll();
            console.say("stopped");
            Runtime.getRuntime().halt(exitCode.get());
        }));
        try {
            String redisUrl = provideRedis();
            Optional<AccessFile> access = settings.access()
                    ? Optional.of(AccessFile.open(settings.dataFolder(), System.getenv()))
                    : Optional.empty();
            Optional<Token> link = access.map(AccessFile::newLink);
            startServices(
                    redisUrl,
                    access.map(file -> file.forServices(link.orElseThrow())).orElse(Map.of()));
            console.frame(welcome(redisUrl, link, access.flatMap(AccessFile::takeFirstKey)));
            console.warn(supervisor.awaitFailure());
        } catch (Supervisor.GivenUpException e) {
            console.warn(String.valueOf(e.getMessage()));
        }
        exitCode.set(FAILED);
        return FAILED;
    }

    /** The URL of the Redis that the services shall use. */
    private String provideRedis() throws Supervisor.GivenUpException {
        if (!settings.redisUrls().isEmpty()) {
            return settings.redisUrls().stream().map(URI::toString).collect(Collectors.joining(","));
        }
        RedisComponent redis = new RedisComponent(LocalRedis.builder()
                .port(settings.redisPort())
                .dataFolder(redisFolder())
                .output(console.linesOf(RedisComponent.NAME)));
        console.say("starting Redis, its data is kept in " + redisFolder());
        supervisor.start(List.of(redis));
        return redis.url();
    }

    private Path redisFolder() {
        return settings.dataFolder().resolve("redis");
    }

    private void startServices(String redisUrl, Map<String, String> access) throws Supervisor.GivenUpException {
        Map<String, String> environment = new HashMap<>(access);
        environment.put("REDIS_URL", redisUrl);
        environment.put(
                "CUSTOM_MCP_URL", "http://127.0.0.1:" + settings.customPorts().getFirst());
        environment.put(
                "PUBLIC_MCP_URL", "http://127.0.0.1:" + settings.publicPorts().getFirst());
        console.say(
                "starting " + services.stream().flatMap(Service::replicaNames).collect(Collectors.joining(", ")));
        supervisor.start(services.stream()
                .flatMap(service -> service.replicas(environment, console, model))
                .toList());
    }

    private List<String> welcome(String redisUrl, Optional<Token> link, Optional<String> firstKey) {
        List<String> lines = new ArrayList<>();
        settings.dashboardPorts().forEach(port -> lines.add("page       http://localhost:%d/".formatted(port)));
        link.ifPresent(token -> lines.add("sign in    http://localhost:%d/sign-in#link=%s"
                .formatted(settings.dashboardPorts().getFirst(), token.text())));
        link.ifPresent(token -> lines.add("           (once, within the hour)"));
        settings.customPorts().forEach(port -> lines.add(api("tasks", port)));
        settings.publicPorts().forEach(port -> lines.add(api("questions", port)));
        lines.add("MCP        http://localhost:%d/mcp and http://localhost:%d/mcp"
                .formatted(
                        settings.customPorts().getFirst(),
                        settings.publicPorts().getFirst()));
        lines.add("model      " + model.shown(settings.customPorts().getFirst()));
        lines.add("Redis      "
                + Stream.of(redisUrl.split(",", -1))
                        .map(url -> withoutPassword(URI.create(url)))
                        .collect(Collectors.joining(", ")));
        firstKey.ifPresent(key -> lines.add("admin key  " + key));
        firstKey.ifPresent(
                key -> lines.add("           (shown this once; send it as Authorization: Bearer, keep it as MCP_KEY)"));
        lines.add("Ctrl-C stops everything.");
        return lines;
    }

    private static String api(String name, int port) {
        return "%-10s http://localhost:%d/q/swagger-ui  http://localhost:%d/stats".formatted(name, port, port);
    }

    private static String withoutPassword(URI url) {
        return url.getScheme() + "://" + url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort());
    }

    private static String help() {
        return Stream.of(
                        Stream.of(
                                "Runs Redis and the three services on 127.0.0.1 until Ctrl-C or SIGTERM.",
                                "",
                                "usage: [SETTING=value ...] java -jar launcher.jar [CHECKOUT]",
                                "",
                                "CHECKOUT is the folder whose built services are run (default: the current one).",
                                "",
                                "Settings, by environment:"),
                        Arrays.stream(Setting.values()).map(Setting::helpLine),
                        Stream.of(
                                "",
                                "All other variables are passed on to the services, GEMINI_API_KEY and MODEL among them:",
                                "docs/how-to/connect-a-model.md.",
                                "A component that dies is started again, up to three times within a minute.",
                                "",
                                "Exit codes: 0 told to stop; 1 the system could not be started or go on; 2 unusable settings."))
                .flatMap(lines -> lines)
                .collect(Collectors.joining(System.lineSeparator()));
    }
}
