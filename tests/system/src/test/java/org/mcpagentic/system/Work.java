package org.mcpagentic.system;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Tasks to give to the system. */
final class Work {
    /** The task that the house is known by: three tools, one answer. */
    static final String EXAMPLE =
            "What is 17.5% of 2,480, how many days until 2027-03-01, and how many words has this sentence?";

    static final String[] ALL_TOOLS = {"calculator", "date_time", "text_statistics"};

    /** Sixteen tool calls. */
    private static final String CALCULATIONS = IntStream.rangeClosed(1, 16)
            .mapToObj(number -> "%d * %d".formatted(number + 2, number + 7))
            .collect(Collectors.joining(", what is ", "What is ", "?"));

    private static final Set<String> FINAL = Set.of("succeeded", "failed", "cancelled");

    private Work() {}

    /** Days from today to the example's date, as the tools count: in UTC. */
    static long daysUntilTheExamplesDate() {
        return ChronoUnit.DAYS.between(LocalDate.now(ZoneOffset.UTC), LocalDate.of(2027, 3, 1));
    }

    /** Creates tasks of many tool calls each and queues all; returns their ids. */
    static List<String> queue(int tasks, Rest service) {
        List<String> ids = create(tasks, List.of(service));
        enqueue(ids, service);
        return ids;
    }

    /** Creates tasks of many tool calls each, spread over the replicas; returns their ids. */
    static List<String> create(int tasks, List<Rest> replicas) {
        return inParallel(IntStream.range(0, tasks)
                .mapToObj(number -> (Call<String>)
                        () -> replicas.get(number % replicas.size()).create(CALCULATIONS, "calculator"))
                .toList());
    }

    static void enqueue(List<String> ids, Rest service) {
        inParallel(ids.stream()
                .map(id -> (Call<String>) () -> {
                    service.enqueue(id);
                    return id;
                })
                .toList());
    }

    /** Waits until the service has counted so many ends. */
    static void awaitProcessed(Rest service, long wanted, Duration limit) {
        Eventually.holds(limit, wanted + " were processed", () -> processed(service) >= wanted);
    }

    static long processed(Rest service) {
        return service.stats().get("queries_processed").asLong();
    }

    static boolean isFinal(JsonNode task) {
        return FINAL.contains(task.get("status").asText());
    }

    /** What each task has become. */
    static List<JsonNode> read(Rest service, List<String> ids) {
        return inParallel(
                ids.stream().map(id -> (Call<JsonNode>) () -> service.task(id)).toList());
    }

    private interface Call<T> {
        T make();
    }

    private static <T> List<T> inParallel(List<Call<T>> calls) {
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Future<T>> futures = new ArrayList<>();
            calls.forEach(call -> futures.add(threads.submit(call::make)));
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
