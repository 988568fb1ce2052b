package org.mcpagentic.models.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Multi;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mcpagentic.agent.model.LanguageModel;
import org.mcpagentic.agent.model.ModelEvent;
import org.mcpagentic.agent.model.ModelException;
import org.mcpagentic.agent.model.ModelException.Kind;

class FallbackModelTest {

    private static final Duration LONG = Duration.ofSeconds(10);

    @ParameterizedTest
    @EnumSource(names = {"TRANSIENT", "RATE_LIMITED", "QUOTA_EXHAUSTED", "KEY_REFUSED", "PERMANENT", "UNUSABLE"})
    void asksTheNextModelWhereOneCannotAnswer(Kind kind) {
        LanguageModel model = chain(FakeModel.failing("first", kind), FakeModel.answering("second"));

        List<ModelEvent> events = ask(model);

        assertThat(events)
                .last()
                .isInstanceOfSatisfying(
                        ModelEvent.Answer.class,
                        answer -> assertThat(answer.model()).isEqualTo("second"));
        assertThat(model.name()).isEqualTo("first");
    }

    @ParameterizedTest
    @EnumSource(names = {"TOO_LONG", "BLOCKED"})
    void asksNobodyElseWhereThePromptIsAtFault(Kind kind) {
        FakeModel second = FakeModel.answering("second");

        ModelException failure = failure(chain(FakeModel.failing("first", kind), second));

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(second.calls()).isZero();
    }

    @Test
    void asksNobodyElseOnceTextWasShown() {
        FakeModel second = FakeModel.answering("second");
        FakeModel first = new FakeModel(
                "first",
                before -> Multi.createBy()
                        .concatenating()
                        .streams(
                                Multi.createFrom().item(new ModelEvent.TextDelta("half")),
                                FakeModel.failure(Kind.TRANSIENT)));

        ModelException failure = failure(chain(first, second));

        assertThat(failure.kind()).isEqualTo(Kind.TRANSIENT);
        assertThat(second.calls()).isZero();
    }

    @Test
    void saysOfSeveralFailuresTheOneThatPassesSoonest() {
        LanguageModel model = chain(
                FakeModel.failing("first", Kind.QUOTA_EXHAUSTED),
                new FakeModel("second", before -> FakeModel.limited(Duration.ofSeconds(60))),
                new FakeModel("third", before -> FakeModel.limited(Duration.ofSeconds(20))));

        ModelException failure = failure(model);

        assertThat(failure.retryAfter()).contains(Duration.ofSeconds(20));
    }

    @Test
    void saysTheFirstFailureWhereNonePasses() {
        ModelException failure = failure(
                chain(FakeModel.failing("first", Kind.QUOTA_EXHAUSTED), FakeModel.failing("second", Kind.KEY_REFUSED)));

        assertThat(failure.kind()).isEqualTo(Kind.QUOTA_EXHAUSTED);
    }

    private static LanguageModel chain(FakeModel... models) {
        return new FallbackModel(List.of(models), new ModelMetrics(new SimpleMeterRegistry()));
    }

    private static List<ModelEvent> ask(LanguageModel model) {
        return model.next(FakeModel.PROMPT).collect().asList().await().atMost(LONG);
    }

    private static ModelException failure(LanguageModel model) {
        return catchThrowableOfType(ModelException.class, () -> ask(model));
    }
}
