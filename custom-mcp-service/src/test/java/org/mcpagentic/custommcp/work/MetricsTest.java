package org.mcpagentic.custommcp.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Multi;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mcpagentic.agent.model.ModelException;
import org.mcpagentic.custommcp.support.Tasks;
import org.mcpagentic.testsupport.Metrics;
import org.mcpagentic.testsupport.RedisOfTests;
import org.mcpagentic.testsupport.ScriptedModel;
import org.mcpagentic.testsupport.Until;

/** What Prometheus reads. */
@QuarkusTest
@WithTestResource(RedisOfTests.class)
@Timeout(60)
class MetricsTest {

    @Inject
    ScriptedModel model;

    @Test
    void theCoreListIsThere() {
        Tasks.run(Tasks.create("What is 6 * 7?", "calculator"));

        Metrics metrics = Metrics.scrape();

        assertThat(metrics.names())
                .contains(
                        "http_server_requests_seconds_bucket",
                        "http_server_requests_seconds_count",
                        "http_server_requests_seconds_sum",
                        "tasks",
                        "task_queue_depth",
                        "task_queue_oldest_age_seconds",
                        "tasks_ended_total",
                        "tasks_time_seconds_total",
                        "tasks_dead_lettered_total",
                        "outbox_lost",
                        "approvals_pending",
                        "approvals_pending_oldest_age_seconds",
                        "approvals_requested_total",
                        "approvals_decided_total",
                        "approvals_wait_seconds_total",
                        "store_memory_used_bytes",
                        "store_memory_limit_bytes",
                        "worker_tasks_running",
                        "worker_slots",
                        "gen_ai_client_operation_duration_seconds_bucket",
                        "gen_ai_client_operation_duration_seconds_count",
                        "gen_ai_client_tokens_total",
                        "tool_call_seconds_bucket",
                        "tool_call_seconds_count",
                        "redis_script_seconds_bucket",
                        "redis_script_seconds_count",
                        "redis_script_failures_total",
                        "jvm_memory_used_bytes",
                        "process_cpu_usage");
    }

    @Test
    void countsRiseByExactlyTheWorkDone() {
        model.play(
                "measure a failure",
                before -> Multi.createFrom()
                        .failure(new ModelException(ModelException.Kind.PERMANENT, "no", Optional.empty())));
        Metrics before = Metrics.scrape();

        Tasks.run(Tasks.create("What is 6 * 7?", "calculator"));
        Tasks.run(Tasks.create("measure a failure"));
        Metrics after = Metrics.scrape();

        assertThat(after.rise(before, "gen_ai_client_operation_duration_seconds_count", "outcome=\"succeeded\""))
                .isEqualTo(2);
        assertThat(after.rise(before, "gen_ai_client_operation_duration_seconds_count", "outcome=\"failed\""))
                .isEqualTo(1);
        assertThat(after.rise(before, "tool_call_seconds_count", "outcome=\"succeeded\",tool=\"calculator\""))
                .isEqualTo(1);
        assertThat(after.rise(before, "redis_script_seconds_count", "script=\"create\""))
                .isEqualTo(2);
        assertThat(after.rise(before, "redis_script_seconds_count", "script=\"enqueue\""))
                .isEqualTo(2);
        assertThat(after.rise(
                        before, "http_server_requests_seconds_count", "method=\"POST\"", "uri=\"/task/{id}/run\""))
                .isEqualTo(2);
    }

    @Test
    void tasksAreGaugedByStatus() {
        Tasks.create("hello");

        Until.holds(
                "gauged",
                Duration.ofSeconds(15),
                () -> Metrics.scrape().value("tasks", "status=\"created\"")
                        == Tasks.statistics().getDouble("tasks.created"));
    }

    @Test
    void idsMakeNoSeriesOfTheirOwn() {
        String id = Tasks.create("hello");
        Tasks.read(id);

        assertThat(Metrics.scrape().text()).doesNotContain(id);
    }
}
