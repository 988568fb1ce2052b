package org.mcpagentic.agent.loop;

import java.time.Duration;
import org.mcpagentic.agent.model.Usage;

/** Told what the loop does, for metrics and for whoever watches; must not block. */
public interface StepListener {

    /** A piece of a model's text, as it comes. */
    void textArrived(int step, String text);

    void modelAnswered(String model, Duration took, Usage usage);

    void modelFailed(String model, Duration took);

    void toolReturned(String tool, Duration took, boolean failed);
}
