package org.mcpagentic.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mcpagentic.store.redis.TestStore.await;

import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.Request;
import io.vertx.redis.client.RedisOptions;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mcpagentic.localredis.LocalRedis;

/** One connection for many, and what becomes of it when it breaks, falls silent or is crowded. */
class LineTest {

    private static final int THREADS = 16;
    private static final int PER_THREAD = 2_000;
    private static final Duration PATIENCE = Duration.ofMillis(1500);

    private LocalRedis redis;
    private Relay relay;
    private Vertx vertx;
    private Redis client;
    private Line line;

    @BeforeEach
    void start() {
        redis = LocalRedis.start();
        relay = Relay.to(redis.port());
        vertx = Vertx.vertx();
        // why: what a first connection of a JVM loads takes longer than a line's patience on a busy machine
        Redis first = Redis.createClient(vertx, redis.url());
        await(first.send(Request.cmd(Command.PING)));
        first.close();
        client = Redis.createClient(
                vertx, new RedisOptions().setConnectionString(relay.url()).setMaxWaitingHandlers(THREADS * PER_THREAD));
        line = new Line(client, new Shards(1), PATIENCE);
    }

    @AfterEach
    void stop() {
        client.close();
        vertx.closeAndAwait();
        relay.close();
        redis.close();
    }

    @Test
    void givesEveryThreadItsOwnAnswers() throws Exception {
        Line patient = new Line(client, new Shards(1), Duration.ofSeconds(30));
        List<Future<Map<String, String>>> threads = new ArrayList<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(THREADS)) {
            for (int thread = 0; thread < THREADS; thread++) {
                String name = "thread-" + thread + "-";
                threads.add(pool.submit(() -> answers(patient, name)));
            }
        }

        for (Future<Map<String, String>> thread : threads) {
            assertThat(thread.get())
                    .hasSize(PER_THREAD)
                    .allSatisfy((asked, answered) -> assertThat(answered).isEqualTo(asked));
        }
        assertThat(relay.accepted()).isEqualTo(1);
    }

    @Test
    void givesEveryThreadItsOwnAnswersAlsoWhileConnectionsAreGivenUp() throws Exception {
        Line hasty = new Line(client, new Shards(1), Duration.ofMillis(60));
        long end = System.nanoTime() + Duration.ofSeconds(4).toNanos();
        List<Future<Map<String, String>>> threads = new ArrayList<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(THREADS)) {
            for (int thread = 0; thread < THREADS; thread++) {
                String name = "thread-" + thread + "-";
                threads.add(pool.submit(() -> answersUntil(end, hasty, name)));
            }
            while (System.nanoTime() < end) {
                relay.delay(Duration.ofMillis(150));
                LockSupport.parkNanos(Duration.ofMillis(170).toNanos());
            }
        }

        for (Future<Map<String, String>> thread : threads) {
            assertThat(thread.get())
                    .allSatisfy((asked, answered) -> assertThat(answered).isEqualTo(asked));
        }
        assertThat(relay.accepted()).as("connections").isGreaterThan(5);
    }

    /** What came back; what did not is left out. */
    private static Map<String, String> answersUntil(long end, Line line, String name) {
        Map<String, String> answers = new ConcurrentHashMap<>();
        for (int i = 0; System.nanoTime() < end; i++) {
            String asked = name + i;
            echo(line, asked).subscribe().with(answer -> answers.put(asked, answer), failure -> {});
            LockSupport.parkNanos(200_000);
        }
        return answers;
    }

    @Test
    void takesANewConnectionWhereTheOldOneBroke() {
        await(echo(line, "before"));
        relay.cut();

        assertThat(brokenOrAnswered(echo(line, "meanwhile"))).isTrue();

        assertThat(await(echo(line, "after"))).isEqualTo("after");
        assertThat(relay.accepted()).isEqualTo(2);
    }

    @Test
    void saysThatTheConnectionBrokeUnderWhatWaits() {
        await(echo(line, "before"));
        relay.silence();
        CompletableFuture<String> waiting = echo(line, "waiting").subscribeAsCompletionStage();

        relay.cut();

        assertThat(waiting)
                .failsWithin(TestStore.PATIENCE)
                .withThrowableThat()
                .havingRootCause()
                .isInstanceOf(ClosedChannelException.class);
    }

    @Test
    void takesANewConnectionWhereTheOldOneFellSilent() {
        await(echo(line, "before"));
        relay.silence();
        assertThatThrownBy(() -> await(echo(line, "lost"))).isInstanceOf(TimeoutException.class);

        String answer = await(echo(line, "after"));

        assertThat(answer).isEqualTo("after");
        assertThat(relay.accepted()).isEqualTo(2);
    }

    @Test
    void isNeverGivenASilentConnectionAgain() {
        for (int time = 0; time < 3; time++) {
            await(echo(line, "before"));
            relay.silence();
            assertThatThrownBy(() -> await(echo(line, "lost"))).isInstanceOf(TimeoutException.class);
        }

        String answer = await(echo(line, "after"));

        assertThat(answer).isEqualTo("after");
        assertThat(relay.accepted()).isEqualTo(4);
    }

    @Test
    void keepsItsConnectionWhereRedisAnswersWithAnError() {
        await(echo(line, "before"));

        assertThatThrownBy(() ->
                        await(line.send(Request.cmd(Command.INCRBY).arg("key").arg("no number"))))
                .hasMessageContaining("not an integer");

        assertThat(await(echo(line, "after"))).isEqualTo("after");
        assertThat(relay.accepted()).isEqualTo(1);
    }

    @Test
    void takesANewConnectionWhereTheOldOneLeadsToAReplica() {
        await(echo(line, "before"));
        redis.command("REPLICAOF", "127.0.0.1", "1");

        assertThatThrownBy(() ->
                        await(line.send(Request.cmd(Command.SET).arg("key").arg("value"))))
                .hasMessageContaining("READONLY");

        assertThat(await(echo(line, "after"))).isEqualTo("after");
        assertThat(relay.accepted()).isEqualTo(2);
    }

    @Test
    void turnsAwayWhatIsTooMuchAndAnswersTheRest() {
        Redis narrow = Redis.createClient(
                vertx, new RedisOptions().setConnectionString(relay.url()).setMaxWaitingHandlers(64));
        Line crowded = new Line(narrow, new Shards(1), Duration.ofSeconds(30));
        await(echo(crowded, "before"));
        redis.pause();
        List<CompletableFuture<String>> all = IntStream.range(0, 100)
                .mapToObj(i -> echo(crowded, Integer.toString(i)).subscribeAsCompletionStage())
                .toList();
        assertThat(all.getLast())
                .failsWithin(TestStore.PATIENCE)
                .withThrowableThat()
                .withCauseInstanceOf(RejectedExecutionException.class);
        redis.resume();

        for (int i = 0; i < 64; i++) {
            assertThat(all.get(i)).succeedsWithin(TestStore.PATIENCE).isEqualTo(Integer.toString(i));
        }
        assertThat(relay.accepted()).isEqualTo(1);
        narrow.close();
    }

    private static Map<String, String> answers(Line line, String name) {
        Map<String, CompletableFuture<String>> asked = IntStream.range(0, PER_THREAD)
                .mapToObj(i -> name + i)
                .collect(Collectors.toMap(text -> text, text -> echo(line, text).subscribeAsCompletionStage()));
        return asked.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().join()));
    }

    private static Uni<String> echo(Line line, String text) {
        return line.send(Request.cmd(Command.ECHO).arg(text)).map(answer -> answer.toString());
    }

    private static boolean brokenOrAnswered(Uni<String> call) {
        return await(call.map(answer -> true).onFailure().recoverWithItem(true));
    }
}
