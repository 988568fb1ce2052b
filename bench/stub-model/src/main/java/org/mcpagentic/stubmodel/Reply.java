package org.mcpagentic.stubmodel;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.mcpagentic.stubmodel.Refusal.Cause;

/** What the stub does with one request. Immutable; the methods of {@link Answer} give changed copies. */
public sealed interface Reply permits Answer, Refusal, Canned, Silence, PerAttempt {
    /** An answer of this text. */
    static Answer text(String text) {
        return Answer.of(Ending.CANDIDATE).text(text);
    }

    /** An answer that begins with these thoughts; say what follows with {@link Answer#text} or {@link Answer#calls}. */
    static Answer thinking(String thoughts) {
        return Answer.of(Ending.CANDIDATE).thinking(thoughts);
    }

    /** One turn that calls tools. */
    static Answer calls(Call... calls) {
        return Answer.of(Ending.CANDIDATE).calls(calls);
    }

    /** An answer without any candidate and without a reason. */
    static Answer emptyCandidates() {
        return Answer.of(Ending.NO_CANDIDATE);
    }

    /** The prompt is blocked: {@code promptFeedback} on Gemini's wire, an error 400 on OpenAI's. */
    static Answer blockedPrompt() {
        return Answer.of(Ending.PROMPT_BLOCKED);
    }

    /** The answer is blocked when a part of it was sent already. */
    static Answer blockedAnswer() {
        return text("This much was said before ").finish("SAFETY");
    }

    /** A call that cannot be parsed, see {@link Call#broken}. */
    static Answer malformedCall() {
        return calls(Call.broken("csv_summary", "{\"text\": \"a,b"));
    }

    /** The key is not one. */
    static Refusal wrongKey() {
        return Refusal.of(Cause.WRONG_KEY);
    }

    /** There is no key. */
    static Refusal missingKey() {
        return Refusal.of(Cause.MISSING_KEY);
    }

    /** The key is one, but may not use this model. */
    static Refusal notPermitted() {
        return Refusal.of(Cause.NOT_PERMITTED);
    }

    /** No model has that name. */
    static Refusal unknownModel() {
        return Refusal.of(Cause.UNKNOWN_MODEL);
    }

    /** The request breaks a rule. */
    static Refusal badRequest(String message) {
        return Refusal.of(Cause.BAD_REQUEST, message);
    }

    /** The conversation has more tokens than the model takes. */
    static Refusal tooLong() {
        return Refusal.of(Cause.TOO_LONG);
    }

    /** Too many requests in the last minute; the client is told to wait so long. */
    static Refusal rateLimited(Duration retryDelay) {
        return new Refusal(Cause.RATE_LIMITED, "", retryDelay, Duration.ZERO);
    }

    /** Too many requests today. As Google does, it tells of a short wait all the same. */
    static Refusal dailyQuota() {
        return new Refusal(Cause.DAILY_QUOTA, "", Quota.TOLD_OF_A_DAY, Duration.ZERO);
    }

    /** Error 503. */
    static Refusal overloaded() {
        return Refusal.of(Cause.OVERLOADED);
    }

    /** Error 500. */
    static Refusal internal() {
        return Refusal.of(Cause.INTERNAL);
    }

    /** This status with this JSON. */
    static Canned status(int status, JsonNode body, Map<String, String> headers) {
        return new Canned(status, "application/json", body.toString(), headers);
    }

    /** This status with this text, which need not be what the provider would send. */
    static Canned status(int status, String body, Map<String, String> headers) {
        return new Canned(status, "text/plain; charset=utf-8", body, headers);
    }

    /** Status 200 with this body. */
    static Canned rawBody(String contentType, String body) {
        return new Canned(200, contentType, body, Map.of());
    }

    /** The request is taken and never answered. */
    static Silence silent() {
        return new Silence();
    }

    /** The first reply for the first attempt of a turn, the next for the next; the last for all later ones. */
    static PerAttempt perAttempt(Reply first, Reply... later) {
        List<Reply> replies = new ArrayList<>(List.of(later));
        replies.addFirst(first);
        return new PerAttempt(replies);
    }
}
