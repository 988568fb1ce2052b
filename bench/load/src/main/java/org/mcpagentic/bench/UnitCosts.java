package org.mcpagentic.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.mcpagentic.localredis.LocalRedis;

/**
 * What one task and one question cost: processor time of the service and of Redis, what Redis keeps of them in memory and writes to
 * its file, and what the services take when nothing is asked of them. An installation's size is calculated from these.
 *
 * <p>The services run as they are packaged, with access control on and the offline model, which answers at once; Redis keeps an
 * append-only file, written every second. Clients' own processor time is in none of the figures.
 */
final class UnitCosts {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int CLIENTS = 32;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration REST = Duration.ofSeconds(20);

    /** Two turns of the model and three calls of tools, as the README's example. */
    private static final String TASK = """
            {"input":"What is 17.5% of 2,480, how many days until 2027-03-01, and how many words has this sentence?",\
            "tools":["calculator","date_time","text_statistics"]}""";

    private static final String PLAIN_TASK = "{\"input\":\"What is 2 + 2?\"}";
    private static final String QUESTION = "{\"query\":\"What is 2 + 2?\"}";

    private final LocalRedis redis;
    private final Path data;
    private final String key;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private UnitCosts(LocalRedis redis, Path data, String key) {
        this.redis = redis;
        this.data = data;
        this.key = key;
    }

    /** Measures with so many tasks and questions of each kind, after half as many that are not counted. */
    static boolean run(int times) throws Exception {
        Path data = Files.createTempDirectory("unit-costs");
        String key = Credentials.firstKey();
        try (LocalRedis redis = LocalRedis.builder()
                .installedFirst()
                .dataFolder(data)
                // why: a file that is rewritten meanwhile does not tell what was written
                .option("auto-aof-rewrite-percentage", "0")
                .start()) {
            Map<String, String> environment = new HashMap<>(
                    Map.of("REDIS_URL", redis.url(), "MODEL", "offline", "ACCESS_SECRET", Credentials.secret()));
            environment.put("ACCESS_FIRST_KEY", key);
            try (ServiceProcess tasks = ServiceProcess.start("custom-mcp-service", "256m", environment);
                    ServiceProcess questions = ServiceProcess.start("public-mcp-service", "256m", environment);
                    ServiceProcess page =
                            ServiceProcess.start("dashboard-service", "256m", page(environment, tasks, questions))) {
                new UnitCosts(redis, data, key).measure(times, tasks, questions, page);
                return true;
            }
        } finally {
            try (Stream<Path> files = Files.walk(data)) {
                files.sorted(Comparator.reverseOrder()).forEach(UnitCosts::delete);
            }
        }
    }

    private static Map<String, String> page(
            Map<String, String> environment, ServiceProcess tasks, ServiceProcess questions) {
        Map<String, String> all = new HashMap<>(environment);
        all.put("CUSTOM_MCP_URL", tasks.address("").toString());
        all.put("PUBLIC_MCP_URL", questions.address("").toString());
        return all;
    }

    private void measure(int times, ServiceProcess tasks, ServiceProcess questions, ServiceProcess page)
            throws Exception {
        awaitKey(tasks);
        atRest(tasks, questions, page);
        costs("a task, two model turns and three tool calls", times, tasks, () -> task(tasks, TASK));
        costs("a task, one model turn", times, tasks, () -> task(tasks, PLAIN_TASK));
        costs("a question", times, questions, () -> answer(questions, "/ask", QUESTION, 200));
        System.out.printf(
                "resident after it: custom-mcp-service %.0f MiB, public-mcp-service %.0f MiB, dashboard-service %.0f MiB, Redis %.0f MiB%n",
                mebibytes((double) tasks.residentBytes()),
                mebibytes((double) questions.residentBytes()),
                mebibytes((double) page.residentBytes()),
                mebibytes(number("memory", "used_memory_rss")));
    }

    private void atRest(ServiceProcess tasks, ServiceProcess questions, ServiceProcess page) throws Exception {
        List<ServiceProcess> services = List.of(tasks, questions, page);
        double commands = number("stats", "total_commands_processed");
        List<Duration> before =
                services.stream().map(ServiceProcess::processorTime).toList();
        Thread.sleep(REST);
        double perSecond = (number("stats", "total_commands_processed") - commands) / REST.toSeconds();
        System.out.printf(
                "one replica of each at rest, %d s: %.1f commands of Redis per second%n", REST.toSeconds(), perSecond);
        for (int i = 0; i < services.size(); i++) {
            ServiceProcess service = services.get(i);
            Duration used = service.processorTime().minus(before.get(i));
            System.out.printf(
                    "%-20s %.0f MiB resident, %.2f %% of a processor%n",
                    List.of("custom-mcp-service", "public-mcp-service", "dashboard-service")
                            .get(i),
                    mebibytes((double) service.residentBytes()),
                    100.0 * used.toMillis() / REST.toMillis());
        }
    }

    private void costs(String what, int times, ServiceProcess service, Work work) throws Exception {
        repeat(times / 2, work);
        settle();
        Duration processor = service.processorTime();
        double redisSeconds = redisSeconds();
        double memory = number("memory", "used_memory");
        long written = written();
        long begin = System.nanoTime();
        repeat(times, work);
        double seconds = (System.nanoTime() - begin) / 1e9;
        double serviceMicros = service.processorTime().minus(processor).toNanos() / 1e3 / times;
        double redisMicros = (redisSeconds() - redisSeconds) * 1e6 / times;
        settle();
        System.out.printf(
                "%s: %,.0f per second; service %,.0f us, Redis %,.0f us of a processor; %,.0f bytes of Redis' memory, %,.0f bytes of its file%n",
                what,
                times / seconds,
                serviceMicros,
                redisMicros,
                (number("memory", "used_memory") - memory) / times,
                (double) (written() - written) / times);
    }

    private void repeat(int times, Work work) throws Exception {
        Semaphore clients = new Semaphore(CLIENTS);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Void>> all = IntStream.range(0, times)
                    .mapToObj(time -> threads.submit(() -> {
                        clients.acquire();
                        try {
                            work.doIt();
                            return (Void) null;
                        } finally {
                            clients.release();
                        }
                    }))
                    .toList();
            for (Future<Void> one : all) {
                one.get();
            }
        }
    }

    /** Lets what is written behind an answer be written too. */
    private static void settle() throws InterruptedException {
        TimeUnit.SECONDS.sleep(3);
    }

    private void task(ServiceProcess service, String task) throws Exception {
        String id = answer(service, "/task", task, 201).path("task_id").asText();
        String status =
                answer(service, "/task/" + id + "/run", "", 200).path("status").asText();
        if (!status.equals("succeeded")) {
            throw new IllegalStateException("task " + id + " ended " + status);
        }
    }

    private void awaitKey(ServiceProcess service) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (send(service, "/task", PLAIN_TASK).statusCode() != 201) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("the first key was not made");
            }
            Thread.sleep(100);
        }
    }

    private JsonNode answer(ServiceProcess service, String path, String body, int status) throws Exception {
        HttpResponse<String> response = send(service, path, body);
        if (response.statusCode() != status) {
            throw new IllegalStateException(path + " answered " + response.statusCode() + " " + response.body());
        }
        return JSON.readTree(response.body());
    }

    private HttpResponse<String> send(ServiceProcess service, String path, String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(service.address(path))
                .timeout(PATIENCE)
                .header("authorization", "Bearer " + key);
        if (body.isEmpty()) {
            request.POST(BodyPublishers.noBody());
        } else {
            request.header("content-type", "application/json").POST(BodyPublishers.ofString(body));
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private double redisSeconds() {
        return number("cpu", "used_cpu_user") + number("cpu", "used_cpu_sys");
    }

    /** A figure of Redis' own report. */
    private double number(String section, String field) {
        return redis.command("INFO", section)
                .lines()
                .filter(line -> line.startsWith(field + ":"))
                .mapToDouble(line ->
                        Double.parseDouble(line.substring(field.length() + 1).strip()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Redis tells nothing of " + field));
    }

    /** Bytes of the append-only file. */
    private long written() throws IOException {
        try (Stream<Path> files = Files.walk(data)) {
            return files.filter(file -> file.toString().endsWith(".aof"))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    private static double mebibytes(double bytes) {
        return bytes / (1 << 20);
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One of the things whose cost is asked for. */
    @FunctionalInterface
    private interface Work {
        void doIt() throws Exception;
    }
}
