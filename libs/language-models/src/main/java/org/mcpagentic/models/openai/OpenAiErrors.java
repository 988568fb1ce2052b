package org.mcpagentic.models.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.mcpagentic.agent.model.ModelException;
import org.mcpagentic.agent.model.ModelException.Kind;
import org.mcpagentic.models.wire.Failures;
import org.mcpagentic.models.wire.ProviderMessage;
import org.mcpagentic.models.wire.Refusal;
import org.mcpagentic.models.wire.WaitTimes;
import org.mcpagentic.models.wire.WireJson;

/**
 * What the errors of OpenAI and of servers like it mean.
 *
 * @see <a href="https://platform.openai.com/docs/guides/error-codes">OpenAI, error codes</a>
 * @see <a href="https://platform.openai.com/docs/guides/rate-limits">OpenAI, rate limits</a>
 */
final class OpenAiErrors {

    /** How servers say that a conversation is too long: OpenAI, vLLM, llama.cpp. */
    private static final List<String> TOO_LONG = List.of(
            "context_length_exceeded",
            "maximum context length",
            "exceeds the available context size",
            "exceed_context_size",
            "context window");

    /** How OpenAI and Azure say that their policy forbids a prompt. */
    private static final List<String> BLOCKED = List.of("content_policy_violation", "content_filter");

    private static final List<String> QUOTA = List.of("insufficient_quota", "billing_hard_limit_reached");

    private final OpenAiSettings settings;
    private final Failures failures;

    /**
     * What an error says of itself; servers agree on no form.
     *
     * @param codes its code and its type
     */
    private record Said(List<String> codes, String message) {

        static Said of(JsonNode error) {
            if (error.isTextual()) {
                return new Said(List.of(), error.asText());
            }
            return new Said(
                    Stream.of("code", "type")
                            .flatMap(field -> WireJson.text(error, field).stream())
                            .map(code -> code.toLowerCase(Locale.ROOT))
                            .toList(),
                    WireJson.text(error, "message").orElse(""));
        }

        boolean any(List<String> wanted) {
            return codes.stream().anyMatch(code -> wanted.stream().anyMatch(code::contains));
        }

        boolean isTooLong() {
            String lower = message.toLowerCase(Locale.ROOT);
            return any(TOO_LONG) || TOO_LONG.stream().anyMatch(lower::contains);
        }
    }

    OpenAiErrors(OpenAiSettings settings) {
        this.settings = settings;
        this.failures = new Failures(settings.name());
    }

    ModelException of(Refusal refusal) {
        JsonNode body = WireJson.tree(refusal.body()).orElse(MissingNode.getInstance());
        // why: vLLM's older versions send the error without a wrapping
        JsonNode error = body.has("error") ? body.path("error") : body;
        return of(refusal.status(), Said.of(error), retryAfter(refusal));
    }

    /** An error that came where an answer should have, without a status of HTTP. */
    ModelException inAnswer(JsonNode error) {
        Said said = Said.of(error);
        JsonNode code = error.path("code");
        int status = code.canConvertToInt() && code.asInt() >= 400 && code.asInt() <= 599 ? code.asInt() : status(said);
        return of(status, said, Optional.empty());
    }

    private static int status(Said said) {
        if (said.any(QUOTA) || said.any(List.of("rate_limit"))) {
            return 429;
        }
        if (said.any(List.of("authentication", "invalid_api_key", "permission"))) {
            return 401;
        }
        boolean bad = said.isTooLong() || said.any(BLOCKED) || said.any(List.of("invalid_request", "badrequest"));
        return bad ? 400 : 500;
    }

    private ModelException of(int status, Said said, Optional<Duration> retryAfter) {
        return switch (status) {
            case 400, 422 -> {
                if (said.any(BLOCKED)) {
                    yield failures.of(Kind.BLOCKED, "refused the prompt (" + status + ")");
                }
                yield said.isTooLong() ? tooLong() : refused(status, said);
            }
            case 401, 403 ->
                failures.of(
                        Kind.KEY_REFUSED,
                        settings.key().isPresent()
                                ? "refused its key (" + status + "): check that it is right, and that it may use "
                                        + settings.id()
                                : "wants a key (" + status + ")");
            case 402 -> quotaExhausted(status);
            case 404 ->
                failures.of(
                        Kind.PERMANENT,
                        "is not known to its server (404): check the id " + settings.id() + " and the address");
            case 413 -> tooLong();
            case 429 ->
                said.any(QUOTA)
                        ? quotaExhausted(status)
                        : failures.of(Kind.RATE_LIMITED, "was asked too often (429)", retryAfter);
            case 408, 499 -> failures.of(Kind.TRANSIENT, "is not available (" + status + ")", retryAfter);
            default -> {
                if (status < 500) {
                    yield refused(status, said);
                }
                // why: llama.cpp has answered so with 500
                yield said.isTooLong()
                        ? tooLong()
                        : failures.of(Kind.TRANSIENT, "is not available (" + status + ")", retryAfter);
            }
        };
    }

    private ModelException tooLong() {
        return failures.of(Kind.TOO_LONG, "cannot read that much: the conversation is longer than its context");
    }

    private ModelException quotaExhausted(int status) {
        return failures.of(Kind.QUOTA_EXHAUSTED, "has used up what its key may use (" + status + ")");
    }

    private ModelException refused(int status, Said said) {
        String shown = ProviderMessage.fit(said.message(), settings.key());
        return failures.of(
                Kind.PERMANENT, "refused the request (" + status + ")" + (shown.isEmpty() ? "" : ": " + shown));
    }

    private static Optional<Duration> retryAfter(Refusal refusal) {
        return refusal.header("retry-after-ms")
                .flatMap(millis -> WaitTimes.units(millis.strip() + "ms"))
                .or(refusal::retryAfter)
                .or(() -> reset(refusal));
    }

    /** When the limits that are used up are whole again; that of requests where none says that it is. */
    private static Optional<Duration> reset(Refusal refusal) {
        return Stream.of("requests", "tokens")
                .filter(limit -> refusal.header("x-ratelimit-remaining-" + limit)
                        .map(String::strip)
                        .filter("0"::equals)
                        .isPresent())
                .flatMap(limit -> reset(refusal, limit).stream())
                .max(Duration::compareTo)
                .or(() -> reset(refusal, "requests"));
    }

    private static Optional<Duration> reset(Refusal refusal, String limit) {
        return refusal.header("x-ratelimit-reset-" + limit).flatMap(WaitTimes::units);
    }
}
