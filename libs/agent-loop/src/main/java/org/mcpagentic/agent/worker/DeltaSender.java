package org.mcpagentic.agent.worker;

import java.time.Duration;
import org.mcpagentic.agent.loop.StepListener;
import org.mcpagentic.agent.model.Usage;
import org.mcpagentic.store.TaskId;
import org.mcpagentic.store.WorkQueue;

/**
 * Passes a model's text on to whoever watches, at most every 100 ms and in pieces of at most 4,096 characters: a hint, not
 * worth a command per token. What is left when the task ends is not sent: its end says it all.
 */
final class DeltaSender implements StepListener {

    private static final long PAUSE_NANOS = Duration.ofMillis(100).toNanos();
    private static final int MOST_CHARS = 4096;

    private final WorkQueue queue;
    private final TaskId task;
    private final StepListener metrics;
    private final StringBuilder waiting = new StringBuilder();
    private int step;
    private long lastSent;
    private boolean closed;

    DeltaSender(WorkQueue queue, TaskId task, StepListener metrics) {
        this.queue = queue;
        this.task = task;
        this.metrics = metrics;
        this.lastSent = System.nanoTime();
    }

    @Override
    public synchronized void textArrived(int number, String text) {
        if (closed) {
            return;
        }
        if (number != step) {
            waiting.setLength(0);
            step = number;
        }
        waiting.append(text);
        if (System.nanoTime() - lastSent >= PAUSE_NANOS || waiting.length() >= MOST_CHARS) {
            String piece = waiting.toString();
            waiting.setLength(0);
            lastSent = System.nanoTime();
            // why: nobody waits for a hint, and one that is lost is made good by the step's outcome
            queue.show(task, step, piece).subscribe().with(sent -> {}, failure -> {});
        }
    }

    synchronized void close() {
        closed = true;
    }

    @Override
    public void modelAnswered(String model, Duration took, Usage usage) {
        metrics.modelAnswered(model, took, usage);
    }

    @Override
    public void modelFailed(String model, Duration took) {
        metrics.modelFailed(model, took);
    }

    @Override
    public void toolReturned(String tool, Duration took, boolean failed) {
        metrics.toolReturned(tool, took, failed);
    }
}
