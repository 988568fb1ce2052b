package org.mcpagentic.stubmodel;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.mcpagentic.stubmodel.Refusal.Cause;

/** Reads one reply of a script in JSON. */
final class ScriptedReply {
    private ScriptedReply() {}

    /** @throws IllegalArgumentException if it is none; the message says where */
    static Reply read(ScriptFile.Fields fields) {
        Reply reply = reply(fields);
        fields.checkNothingElse();
        return reply;
    }

    private static Reply reply(ScriptFile.Fields fields) {
        if (fields.has("per_attempt")) {
            return new PerAttempt(ScriptFile.replies(fields.list("per_attempt"), fields.path() + ".per_attempt"));
        }
        if (fields.has("silent")) {
            return silence(fields);
        }
        if (fields.has("error")) {
            return refusal(fields);
        }
        return fields.has("status") ? canned(fields) : answer(fields);
    }

    private static Silence silence(ScriptFile.Fields fields) {
        if (!fields.yes("silent")) {
            throw new IllegalArgumentException(fields.path() + ".silent is true or left out");
        }
        return Reply.silent();
    }

    private static Refusal refusal(ScriptFile.Fields fields) {
        String path = fields.path() + ".error";
        Cause cause = cause(fields.text("error"), path);
        String message = fields.has("message") ? fields.text("message") : "";
        Duration retryDelay = fields.has("retry_delay") ? Waits.parse(fields.text("retry_delay")) : Duration.ZERO;
        Duration after = fields.has("after") ? Waits.parse(fields.text("after")) : Duration.ZERO;
        return new Refusal(cause, message, retryDelay, after);
    }

    private static Cause cause(String name, String path) {
        try {
            return Cause.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(path + " is one of " + List.of(Cause.values()) + " in lower case", e);
        }
    }

    private static Canned canned(ScriptFile.Fields fields) {
        Map<String, String> headers = new TreeMap<>();
        if (fields.has("headers")) {
            fields.any("headers")
                    .properties()
                    .forEach(header ->
                            headers.put(header.getKey(), header.getValue().asText()));
        }
        String type = fields.has("content_type") ? fields.text("content_type") : "application/json";
        JsonNode body = fields.any("body");
        return new Canned(
                fields.number("status"), type, body.isTextual() ? body.textValue() : body.toString(), headers);
    }

    private static Answer answer(ScriptFile.Fields fields) {
        Answer answer = Answer.of(fields.has("ending") ? ending(fields) : Ending.CANDIDATE);
        if (fields.has("thinking")) {
            answer = answer.thinking(fields.text("thinking"));
        }
        if (fields.has("text")) {
            answer = answer.text(fields.text("text"));
        }
        answer = answer.calls(calls(fields));
        if (fields.has("signature")) {
            String signature = fields.text("signature");
            answer = signature.isEmpty() ? answer.unsigned() : answer.signed(signature);
        }
        if (fields.has("finish")) {
            answer = answer.finish(fields.text("finish"));
        }
        if (fields.has("usage")) {
            answer = used(answer, fields.object("usage"));
        }
        return faulty(paced(answer, fields), fields);
    }

    private static Ending ending(ScriptFile.Fields fields) {
        String name = fields.text("ending");
        return switch (name) {
            case "no_candidate" -> Ending.NO_CANDIDATE;
            case "prompt_blocked" -> Ending.PROMPT_BLOCKED;
            default ->
                throw new IllegalArgumentException(
                        fields.path() + ".ending is no_candidate or prompt_blocked, not " + name);
        };
    }

    private static Call[] calls(ScriptFile.Fields fields) {
        List<JsonNode> written = fields.list("calls");
        Call[] calls = new Call[written.size()];
        for (int i = 0; i < calls.length; i++) {
            ScriptFile.Fields call = ScriptFile.Fields.of(written.get(i), fields.path() + ".calls[" + i + "]");
            String name = call.text("name");
            Optional<JsonNode> arguments =
                    call.has("arguments") ? Optional.of(call.any("arguments")) : Optional.empty();
            calls[i] = arguments
                    .map(given -> given.isTextual() ? Call.broken(name, given.textValue()) : Call.of(name, given))
                    .orElseGet(() -> Call.of(name));
            call.checkNothingElse();
        }
        return calls;
    }

    private static Answer used(Answer answer, ScriptFile.Fields usage) {
        Answer used = answer.usage(
                tokens(usage, "input"), tokens(usage, "cached"), tokens(usage, "output"), tokens(usage, "thoughts"));
        usage.checkNothingElse();
        return used;
    }

    private static int tokens(ScriptFile.Fields usage, String name) {
        return usage.has(name) ? usage.number(name) : 0;
    }

    private static Answer paced(Answer answer, ScriptFile.Fields fields) {
        Answer paced = answer;
        if (fields.has("first_token")) {
            paced = paced.firstTokenAfter(Waits.parse(fields.text("first_token")));
        }
        if (fields.has("between")) {
            paced = paced.between(Waits.parse(fields.text("between")));
        }
        if (fields.has("fragment")) {
            paced = paced.inFragmentsOf(fields.number("fragment"));
        }
        return fields.has("chunks") ? paced.chunks(fields.number("chunks")) : paced;
    }

    private static Answer faulty(Answer answer, ScriptFile.Fields fields) {
        if (!fields.has("fault")) {
            return answer;
        }
        ScriptFile.Fields fault = fields.object("fault");
        String kind = fault.text("kind");
        int after = fault.has("after") ? fault.number("after") : 0;
        Answer faulty = switch (kind) {
            case "stall" -> answer.stallAfter(after);
            case "cut" -> answer.cutAfter(after);
            case "malformed_chunk" -> answer.malformedChunkAfter(after);
            case "endless_line" -> answer.endlessLine(fault.number("bytes"));
            case "error" -> answer.failAfter(after, refusal(fault));
            case "bare_error" -> answer.failBareAfter(after, refusal(fault));
            default ->
                throw new IllegalArgumentException(fault.path() + ".kind is none of stall, cut,"
                        + " malformed_chunk, endless_line, error, bare_error");
        };
        fault.checkNothingElse();
        return faulty;
    }
}
