package org.mcpagentic.agent.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mcpagentic.agent.tool.SideEffects;
import org.mcpagentic.agent.tool.ToolCall;
import org.mcpagentic.agent.tool.ToolResult;
import org.mcpagentic.store.JournalEntry;
import org.mcpagentic.store.Progress.StepEntry;

class StepDecisionTest {

    @Test
    void aCallThatIsMadeAgainHasNoOutcome() {
        assertThat(new StepDecision.Repeat().outcome(2, "send_mail")).isEmpty();
    }

    @Test
    void aCallThatIsSkippedFailedAsFarAsTheModelIsConcerned() {
        StepEntry entry = new StepDecision.Skip().outcome(2, "send_mail").orElseThrow();

        ToolResult read = read(entry);

        assertThat(entry.step()).isEqualTo(2);
        assertThat(entry.tool()).isEqualTo("send_mail");
        assertThat(read.failed()).isTrue();
        assertThat(read.text()).contains("skipped", "whether it took effect is not known");
    }

    @Test
    void aGivenResultIsReadAsTheToolsOwn() {
        StepEntry entry = new StepDecision.Given("sent as \"m-17\"")
                .outcome(2, "send_mail")
                .orElseThrow();

        ToolResult read = read(entry);

        assertThat(read).isEqualTo(new ToolResult("sent as \"m-17\"", false, false));
    }

    @Test
    void aResultThatTheJournalDoesNotTakeIsRefused() {
        String longest = "x".repeat(StepCodec.MOST_BYTES - 100);
        String over = "\n".repeat(StepCodec.MOST_BYTES / 2);

        assertThat(StepDecision.Given.fits(longest)).isTrue();
        assertThat(StepDecision.Given.fits(over)).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> new StepDecision.Given(over));
    }

    private static ToolResult read(StepEntry entry) {
        String intent = StepCodec.encode(
                new StepIntent.ToolExecution(ToolCall.flawed("c1", "send_mail", "none"), SideEffects.NON_IDEMPOTENT));
        Step step = StepCodec.decode(new JournalEntry(
                entry.step(),
                1,
                intent,
                Instant.EPOCH,
                Optional.of(new JournalEntry.Outcome(entry.payload(), Instant.EPOCH))));
        return ((StepOutcome.ToolReturned) step.outcome().orElseThrow()).result();
    }
}
