package org.mcpagentic.publicmcp.ask;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.mcpagentic.access.limit.Bounds;
import org.mcpagentic.agent.filtered.FilteredModels;
import org.mcpagentic.agent.mask.OutputFilter;
import org.mcpagentic.agent.model.FailedTurn;
import org.mcpagentic.agent.model.LanguageModel;
import org.mcpagentic.agent.model.Message;
import org.mcpagentic.agent.model.ModelEvent;
import org.mcpagentic.agent.model.ModelEvent.TextDelta;
import org.mcpagentic.agent.model.ModelEvent.Turn;
import org.mcpagentic.agent.model.ModelException;
import org.mcpagentic.agent.model.Models;
import org.mcpagentic.agent.model.Prompt;
import org.mcpagentic.agent.model.Usage;
import org.mcpagentic.edge.access.Caller;
import org.mcpagentic.edge.problem.ProblemCode;
import org.mcpagentic.edge.problem.ProblemException;
import org.mcpagentic.edge.problem.UnknownModel;
import org.mcpagentic.models.catalogue.Catalogue;
import org.mcpagentic.models.flow.ModelMetrics;
import org.mcpagentic.store.AiResponse;
import org.mcpagentic.store.Allowance;
import org.mcpagentic.store.Idempotency;
import org.mcpagentic.store.Question;
import org.mcpagentic.store.QuestionLedger;
import org.mcpagentic.store.QuestionLedger.Admission;
import org.mcpagentic.store.QuestionLedger.Answered;
import org.mcpagentic.store.ResponseId;

/** Answers direct questions: admitted, asked, settled. */
@ApplicationScoped
public class AskService {

    private static final Logger LOG = Logger.getLogger(AskService.class);
    /** How long the settling of an answered question may take before its place counts as free. */
    private static final Duration SETTLING = Duration.ofSeconds(30);

    private static final String INSTRUCTION = "Answer the user's question.";

    private final Models models;
    private final Catalogue catalogue;
    private final QuestionLedger ledger;
    private final ModelMetrics metrics;
    private final AskConfig config;
    private final InstantSource clock;

    AskService(
            Models models,
            OutputFilter filter,
            Catalogue catalogue,
            QuestionLedger ledger,
            ModelMetrics metrics,
            AskConfig config) {
        this.clock = InstantSource.system();
        this.models = new FilteredModels(models, filter);
        this.catalogue = catalogue;
        this.ledger = ledger;
        this.metrics = metrics;
        this.config = config;
    }

    /** What a streamed question brings: text as it comes, then the response as a whole. */
    public sealed interface Part {
        record Text(String text) implements Part {}

        record Whole(AiResponse response, boolean replayed) implements Part {}
    }

    /**
     * A question that goes on.
     *
     * @param parts cancelling the subscription aborts the model's call and counts as cancelled
     * @param allowance what the caller's rate has left
     */
    public record Asked(Multi<Part> parts, boolean replayed, Optional<Allowance> allowance) {}

    /**
     * Admits a question, or finds what it was answered before; fails where it is refused, or names a model that there is
     * not.
     *
     * @param bounds the caller's, as far as the request was not charged yet
     */
    public Uni<Asked> ask(
            Caller caller, Bounds bounds, Optional<Idempotency> idempotency, Optional<String> modelName, String query) {
        Optional<LanguageModel> model = models.of(modelName);
        if (model.isEmpty() && idempotency.isEmpty()) {
            throw unknown(modelName);
        }
        Prompt prompt = new Prompt(INSTRUCTION, List.of(new Message.UserMessage(query)), List.of());
        Reservation reservation = Reservation.of(
                bounds, model, prompt, clock.instant(), config.deadline().plus(SETTLING));
        Question question = new Question(
                caller.tenant(),
                caller.owner(),
                caller.session(),
                caller.userAgent(),
                idempotency,
                reservation.guards());
        return ledger.admit(question).chain(admission -> switch (admission) {
            case Admission.Replayed(AiResponse response) ->
                Uni.createFrom()
                        .item(new Asked(
                                Multi.createFrom().item(new Part.Whole(response, true)), true, Optional.empty()));
            case Admission.Admitted(ResponseId id, Optional<Allowance> left) -> {
                Admitted admitted = new Admitted(id, question, query, reservation);
                yield model.map(known -> Uni.createFrom().item(new Asked(answer(admitted, known), false, left)))
                        .orElseGet(() -> giveBack(admitted, unknown(modelName)));
            }
        });
    }

    /** A question that is under way. */
    private record Admitted(ResponseId id, Question question, String query, Reservation reservation) {}

    /** Frees the key of a question that had to be admitted to learn that it was not answered before. */
    private Uni<Asked> giveBack(Admitted asked, ProblemException refusal) {
        return abandon(asked, Usage.NONE)
                .onItemOrFailure()
                .transformToUni((done, lost) -> Uni.createFrom().failure(refusal));
    }

    private Uni<Void> abandon(Admitted asked, Usage used) {
        return Settling.begin(
                ledger.abandon(
                        asked.id(), asked.question(), false, asked.reservation().settledBy(used)),
                asked.id());
    }

    private ProblemException unknown(Optional<String> modelName) {
        return UnknownModel.problem(modelName.orElse(""), catalogue.names());
    }

    private Multi<Part> answer(Admitted asked, LanguageModel model) {
        long begin = System.nanoTime();
        AtomicBoolean over = new AtomicBoolean();
        return inTime(model, asked.reservation(), over)
                .onItem()
                .transformToUniAndConcatenate(event -> part(event, asked, begin, over))
                .onCompletion()
                .switchTo(() -> over.get()
                        ? Multi.createFrom().empty()
                        : Multi.createFrom()
                                .failure(failure(ModelException.Kind.UNUSABLE, "the model ended without an answer")))
                .onFailure()
                .recoverWithMulti(failure -> Multi.createFrom().uni(gaveUp(failure, asked, model, begin, over)))
                .onCancellation()
                .invoke(() -> {
                    if (over.compareAndSet(false, true)) {
                        // why nothing is given back: nobody says what a call that was broken off has used
                        Settling.begin(ledger.abandon(asked.id(), asked.question(), true, List.of()), asked.id());
                    }
                });
    }

    /** The model's events; fails at the deadline for all of them, which pieces of text do not move. */
    private Multi<ModelEvent> inTime(LanguageModel model, Reservation reservation, AtomicBoolean over) {
        Multi<Optional<ModelEvent>> events = Multi.createBy()
                .concatenating()
                .streams(
                        Multi.createFrom()
                                .deferred(() -> model.next(reservation.prompt()))
                                .map(Optional::of),
                        Multi.createFrom().item(Optional.empty()));
        Multi<Optional<ModelEvent>> deadline = Uni.createFrom()
                .voidItem()
                .onItem()
                .delayIt()
                .by(config.deadline())
                .onItem()
                .transformToMulti(passed -> over.get()
                        ? Multi.createFrom().empty()
                        : Multi.createFrom()
                                .failure(failure(ModelException.Kind.TRANSIENT, "the model did not answer in time")
                                        // why all: nobody says what a call that was broken off has used
                                        .after(reservation.most())));
        return Multi.createBy()
                .merging()
                .streams(events, deadline)
                // why: the deadline alone must not keep the answer open
                .select()
                .first(Optional::isPresent)
                .map(Optional::get);
    }

    private Uni<Part> part(ModelEvent event, Admitted asked, long begin, AtomicBoolean over) {
        return switch (event) {
            case TextDelta(String text) -> Uni.createFrom().item(new Part.Text(text));
            case ModelEvent.Thinking thinking -> Uni.createFrom().nullItem();
            case Turn turn -> {
                over.set(true);
                metrics.answered(turn.model(), since(begin), turn.usage());
                Answered answered = new Answered(
                        asked.query(),
                        turn.text(),
                        turn.model(),
                        turn.usage().inputTokens(),
                        turn.usage().outputTokens(),
                        turn.usage().costMicros());
                yield Settling.begin(
                                ledger.settle(
                                        asked.id(),
                                        asked.question(),
                                        answered,
                                        asked.reservation().settledBy(turn.usage())),
                                asked.id())
                        .map(response -> new Part.Whole(response, false));
            }
        };
    }

    private Uni<Part> gaveUp(Throwable failure, Admitted asked, LanguageModel model, long begin, AtomicBoolean over) {
        if (!over.compareAndSet(false, true)) {
            return Uni.createFrom().failure(failure);
        }
        metrics.failed(model.name(), since(begin));
        ProblemException problem = problem(failure);
        Usage used = failure instanceof ModelException known
                ? FailedTurn.spent(known, asked.reservation().most())
                : Usage.NONE;
        return abandon(asked, used)
                .onItemOrFailure()
                .transformToUni((done, lost) -> Uni.createFrom().failure(problem));
    }

    private static ModelException failure(ModelException.Kind kind, String message) {
        return new ModelException(kind, message, Optional.empty());
    }

    private static ProblemException problem(Throwable failure) {
        if (!(failure instanceof ModelException known)) {
            LOG.error("a model adapter broke", failure);
            return new ProblemException(ProblemCode.MODEL_FAILED, "the model adapter broke");
        }
        String message = String.valueOf(known.getMessage());
        return switch (known.kind()) {
            case TRANSIENT, RESTING ->
                new ProblemException(
                        ProblemCode.MODEL_UNAVAILABLE,
                        message,
                        known.retryAfter().orElse(Duration.ofSeconds(5)));
            case RATE_LIMITED ->
                new ProblemException(
                        ProblemCode.MODEL_RATE_LIMITED,
                        message,
                        known.retryAfter().orElse(Duration.ofSeconds(5)));
            case QUOTA_EXHAUSTED ->
                new ProblemException(
                        ProblemCode.MODEL_QUOTA_EXHAUSTED,
                        message,
                        known.retryAfter().orElse(Duration.ofHours(1)));
            case KEY_REFUSED -> new ProblemException(ProblemCode.MODEL_KEY_REFUSED, message);
            case TOO_LONG -> new ProblemException(ProblemCode.MODEL_CONTEXT_EXCEEDED, message);
            case BLOCKED -> new ProblemException(ProblemCode.MODEL_BLOCKED, message);
            case PERMANENT -> new ProblemException(ProblemCode.MODEL_FAILED, message);
            case UNUSABLE -> new ProblemException(ProblemCode.MODEL_UNUSABLE, message);
        };
    }

    private static Duration since(long begin) {
        return Duration.ofNanos(System.nanoTime() - begin);
    }
}
