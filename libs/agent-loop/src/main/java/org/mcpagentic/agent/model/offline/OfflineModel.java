package org.mcpagentic.agent.model.offline;

import io.smallrye.mutiny.Multi;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.mcpagentic.agent.model.DataFrame;
import org.mcpagentic.agent.model.LanguageModel;
import org.mcpagentic.agent.model.Message;
import org.mcpagentic.agent.model.ModelEvent;
import org.mcpagentic.agent.model.Prompt;
import org.mcpagentic.agent.model.Usage;
import org.mcpagentic.agent.tool.ToolCall;
import org.mcpagentic.agent.tool.ToolSpec;

/**
 * A deterministic, rule-based model that needs no network and no key. It reads English questions about numbers, dates,
 * times and texts, and orders to hash, encode, remember, recall and fetch; it calls the tools for these ({@link Contract} names
 * them) in any composition, and says honestly what it does not understand.
 *
 * <p>It keeps nothing between turns: what was called already and what came of it is read from the prompt. All calls
 * that need no earlier result are made in the first turn. A conversation ends after at most five turns: up to three
 * rounds of calls that follow from one another, one of repaired calls, and the answer. It never fails.
 */
public final class OfflineModel implements LanguageModel {

    /** The name that its answers are labelled with. */
    public static final String NAME = "offline";

    private static final int CHARACTERS_PER_TOKEN = 4;

    /** Nothing limits it but the size of what a task may hold. */
    private static final long CONTEXT_TOKENS = 10_000_000;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public long contextTokens() {
        return CONTEXT_TOKENS;
    }

    @Override
    public Multi<ModelEvent> next(Prompt prompt) {
        return Multi.createFrom().deferred(() -> Multi.createFrom().iterable(events(turn(prompt))));
    }

    private static ModelEvent.Turn turn(Prompt prompt) {
        List<Message> messages = prompt.messages();
        int asked = messages.size() - 1;
        while (asked >= 0 && !(messages.get(asked) instanceof Message.UserMessage)) {
            asked--;
        }
        String text = asked >= 0 && messages.get(asked) instanceof Message.UserMessage(String said) ? said : "";
        Request request = RequestReader.read(text);
        List<Intent> wishes = request.findings().stream()
                .<Intent>mapMulti((finding, wish) -> {
                    if (finding instanceof Finding.Wish(Intent intent)) {
                        wish.accept(intent);
                    }
                })
                .toList();
        List<Outcome> outcomes = Plan.outcomes(wishes, prompt, messages.subList(asked + 1, messages.size()));
        List<ToolCall> calls = outcomes.stream()
                .<ToolCall>mapMulti((outcome, call) -> {
                    if (outcome instanceof Outcome.Ready(ToolCall ready)) {
                        call.accept(ready);
                    }
                })
                .toList();
        if (!calls.isEmpty()) {
            int written = calls.stream()
                    .mapToInt(call -> call.toolName().length()
                            + call.arguments().toString().length())
                    .sum();
            return new ModelEvent.ToolCalls(NAME, "", calls, usage(prompt, written), Optional.empty());
        }
        Set<String> tools = prompt.tools().stream().map(ToolSpec::name).collect(Collectors.toSet());
        String answer = Composer.answer(request, outcomes, tools);
        return new ModelEvent.Answer(NAME, answer, usage(prompt, answer.length()), Optional.empty());
    }

    /** An estimate, since there are no tokens: a token for every four characters read and written. It costs nothing. */
    private static Usage usage(Prompt prompt, int written) {
        long read = prompt.system().length();
        for (Message message : prompt.messages()) {
            read += switch (message) {
                case Message.UserMessage(String text) -> text.length();
                case Message.ModelMessage(ModelEvent.Turn turn) -> turn.text().length();
                case Message.ToolMessage result ->
                    DataFrame.contentOf(result.text()).length();
            };
        }
        return new Usage(Math.ceilDiv(read, CHARACTERS_PER_TOKEN), Math.ceilDiv(written, CHARACTERS_PER_TOKEN), 0);
    }

    /** An answer's text word by word, then the turn. */
    private static List<ModelEvent> events(ModelEvent.Turn turn) {
        List<ModelEvent> events = new ArrayList<>();
        String text = turn.text();
        int start = 0;
        while (start < text.length()) {
            int blank = text.indexOf(' ', start);
            int end = blank < 0 ? text.length() : blank + 1;
            events.add(new ModelEvent.TextDelta(text.substring(start, end)));
            start = end;
        }
        events.add(turn);
        return events;
    }
}
