package org.mcpagentic.models.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mcpagentic.agent.model.ModelException;
import org.mcpagentic.agent.model.ModelException.Kind;
import org.mcpagentic.models.wire.Failures;
import org.mcpagentic.models.wire.ProviderMessage;
import org.mcpagentic.models.wire.Refusal;
import org.mcpagentic.models.wire.WaitTimes;
import org.mcpagentic.models.wire.WireJson;

/**
 * What Google's errors mean.
 *
 * @see <a href="https://google.aip.dev/193">AIP-193, errors</a>
 * @see <a href="https://ai.google.dev/gemini-api/docs/rate-limits">Gemini API, rate limits</a>
 */
final class GeminiErrors {

    private final GeminiSettings settings;
    private final Failures failures;

    GeminiErrors(GeminiSettings settings) {
        this.settings = settings;
        this.failures = new Failures(settings.name());
    }

    ModelException of(Refusal refusal) {
        JsonNode body = WireJson.tree(refusal.body()).orElse(MissingNode.getInstance());
        // why: a stream that was not asked for as events is an array
        JsonNode error = (body.isArray() ? body.path(0) : body).path("error");
        return of(refusal.status(), error, refusal.retryAfter());
    }

    /** An error that came where an answer should have. */
    ModelException inAnswer(JsonNode error) {
        int code = error.path("code").asInt();
        return of(code >= 400 && code <= 599 ? code : 500, error, Optional.empty());
    }

    private ModelException of(int status, JsonNode error, Optional<Duration> retryAfterHeader) {
        String message = error.path("message").asText();
        Optional<Duration> retryAfter = retryDelay(error).or(() -> retryAfterHeader);
        return switch (status) {
            case 400 -> badRequest(error, message);
            case 401, 403 -> keyRefused(status);
            case 404 ->
                failures.of(
                        Kind.PERMANENT,
                        "is not known to its provider (404): check the id " + settings.id() + " and the address");
            case 413 -> tooLong();
            case 429 -> tooOften(error, retryAfter);
            case 408, 499 -> failures.of(Kind.TRANSIENT, "is not available (" + status + ")", retryAfter);
            default ->
                status >= 500
                        ? failures.of(Kind.TRANSIENT, "is not available (" + status + ")", retryAfter)
                        : refused(status, message);
        };
    }

    private ModelException badRequest(JsonNode error, String message) {
        String lower = message.toLowerCase(Locale.ROOT);
        if (details(error, "ErrorInfo").stream()
                .anyMatch(info -> info.path("reason").asText().startsWith("API_KEY_"))) {
            return keyRefused(400);
        }
        if (lower.contains("exceeds the maximum number of tokens") || lower.contains("input token count")) {
            return tooLong();
        }
        return refused(400, message);
    }

    private ModelException keyRefused(int status) {
        return failures.of(
                Kind.KEY_REFUSED,
                "refused its key (" + status + "): check that it is right, and that it may use " + settings.id());
    }

    private ModelException tooLong() {
        return failures.of(Kind.TOO_LONG, "cannot read that much: the conversation is longer than its context");
    }

    private ModelException tooOften(JsonNode error, Optional<Duration> retryAfter) {
        List<JsonNode> violations = new ArrayList<>();
        details(error, "QuotaFailure")
                .forEach(failure -> failure.path("violations").forEach(violations::add));
        if (violations.stream()
                .anyMatch(violation -> violation.path("quotaId").asText().contains("PerDay")
                        || violation.path("quotaValue").asText().equals("0"))) {
            // why without a time: Google names seconds here, too, and they do not bring the day's quota back
            return failures.of(Kind.QUOTA_EXHAUSTED, "has used up what its key may use (429)");
        }
        return failures.of(Kind.RATE_LIMITED, "was asked too often (429)", retryAfter);
    }

    private ModelException refused(int status, String message) {
        String said = ProviderMessage.fit(message, Optional.of(settings.key()));
        return failures.of(
                Kind.PERMANENT, "refused the request (" + status + ")" + (said.isEmpty() ? "" : ": " + said));
    }

    private static Optional<Duration> retryDelay(JsonNode error) {
        return details(error, "RetryInfo").stream()
                .flatMap(info -> WaitTimes.units(info.path("retryDelay").asText()).stream())
                .findFirst();
    }

    private static List<JsonNode> details(JsonNode error, String type) {
        List<JsonNode> found = new ArrayList<>();
        error.path("details").forEach(detail -> {
            if (detail.path("@type").asText().endsWith("google.rpc." + type)) {
                found.add(detail);
            }
        });
        return found;
    }
}
