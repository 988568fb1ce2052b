package org.mcpagentic.access.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mcpagentic.access.redis.TestKeys.await;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.mcpagentic.access.Limits;
import org.mcpagentic.access.limit.Bounds;
import org.mcpagentic.localredis.LocalRedis;
import org.mcpagentic.store.Guard;
import org.mcpagentic.store.NewTask;
import org.mcpagentic.store.OwnerId;
import org.mcpagentic.store.Priority;
import org.mcpagentic.store.Question;
import org.mcpagentic.store.SessionId;
import org.mcpagentic.store.StoreException;
import org.mcpagentic.store.StoreException.Code;
import org.mcpagentic.store.TaskSpec;
import org.mcpagentic.store.TenantId;

/** One caller's rate, charged from two sides: each has connections of its own, as two replicas have. */
class RateOfReplicasTest {

    private static final int REQUESTS = 1_000;
    private static final int PER_MINUTE = 100;
    private static final Duration INTERVAL = Duration.ofMinutes(1).dividedBy(PER_MINUTE);

    private static LocalRedis redis;
    private static TestKeys first;
    private static TestKeys second;

    @BeforeAll
    static void start() {
        redis = LocalRedis.start();
        first = TestKeys.on(redis.url());
        second = TestKeys.on(redis.url());
    }

    @AfterAll
    static void stop() {
        second.close();
        first.close();
        redis.close();
    }

    @Test
    void aThousandRequestsAtOncePassAsOftenAsTheRateAllows() {
        Guard.Rate rate = rateOf("reader");

        Outcome outcome = atOnce(
                number -> new RedisRateLimiter((number % 2 == 0 ? first : second).base).take(TenantId.DEFAULT, rate));

        assertThat(outcome.passed()).isBetween(PER_MINUTE, PER_MINUTE + outcome.gotBack());
    }

    @Test
    void readingCreatingAndAskingAtOnceAreChargedToTheSameBucket() {
        OwnerId owner = new OwnerId("everything");
        Guard.Rate rate = rateOf(owner.value());

        Outcome outcome = atOnce(number -> {
            TestKeys replica = number % 2 == 0 ? first : second;
            return switch (number % 3) {
                case 0 -> new RedisRateLimiter(replica.base).take(TenantId.DEFAULT, rate);
                case 1 -> replica.store.tasks().create(aTask(owner, rate));
                default -> replica.store.questions().admit(aQuestion(owner, rate));
            };
        });

        assertThat(outcome.passed()).isBetween(PER_MINUTE, PER_MINUTE + outcome.gotBack());
    }

    @Test
    void anotherCallerHasABucketOfItsOwn() {
        Guard.Rate spent = rateOf("spender");
        atOnce(number -> new RedisRateLimiter(first.base).take(TenantId.DEFAULT, spent));

        Outcome other = atOnce(number -> new RedisRateLimiter(second.base).take(TenantId.DEFAULT, rateOf("saver")));

        assertThat(other.passed()).isBetween(PER_MINUTE, PER_MINUTE + other.gotBack());
    }

    /** @param gotBack how many requests the bucket can have got back in the time that it took, at most */
    private record Outcome(int passed, int gotBack) {}

    private interface Call {
        Uni<?> number(int number);
    }

    private static Outcome atOnce(Call call) {
        List<Uni<Boolean>> calls = new ArrayList<>();
        IntStream.range(0, REQUESTS)
                .forEach(number -> calls.add(call.number(number)
                        .replaceWith(true)
                        .onFailure(RateOfReplicasTest::isRefusal)
                        .recoverWithItem(false)));
        long begin = System.nanoTime();
        List<Boolean> passed = await(Uni.join().all(calls).andFailFast());
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        return new Outcome((int) passed.stream().filter(Boolean::booleanValue).count(), (int) took.dividedBy(INTERVAL));
    }

    private static boolean isRefusal(Throwable failure) {
        return failure instanceof StoreException refusal
                && refusal.code() == Code.GUARD_REFUSED
                && refusal.guard().equals(Optional.of(Guard.Kind.RATE))
                && refusal.retryAfter().filter(Duration::isPositive).isPresent();
    }

    private static Guard.Rate rateOf(String owner) {
        Limits limits = new Limits(
                OptionalInt.of(PER_MINUTE),
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalLong.empty(),
                OptionalLong.empty());
        return new Bounds(new OwnerId(owner), limits).rate().orElseThrow();
    }

    private static NewTask aTask(OwnerId owner, Guard.Rate rate) {
        TaskSpec spec = new TaskSpec(
                TenantId.DEFAULT,
                owner,
                new SessionId("session-1"),
                Priority.NORMAL,
                "do it",
                List.of(),
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
        return new NewTask(spec, "test", false, Optional.empty(), List.of(rate));
    }

    private static Question aQuestion(OwnerId owner, Guard.Rate rate) {
        return new Question(
                TenantId.DEFAULT, owner, new SessionId("session-1"), "test", Optional.empty(), List.of(rate));
    }
}
