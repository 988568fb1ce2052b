package org.mcpagentic.system;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Skips what needs a browser on processors for which distributions may have none; on amd64, which has one, it stays a failure. */
final class ChromiumNeeded implements ExecutionCondition {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return isRun(Chromium.executable().isPresent(), System.getProperty("os.arch"))
                ? ConditionEvaluationResult.enabled("Chromium is there, or has to be")
                : ConditionEvaluationResult.disabled("no Chromium for this processor");
    }

    /**
     * Whether the test is run.
     *
     * @param architecture as {@code os.arch} names it
     */
    static boolean isRun(boolean isThere, String architecture) {
        return isThere || architecture.equals("amd64") || architecture.equals("x86_64");
    }
}
