package org.mcpagentic.agent.loop;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mcpagentic.agent.model.Message;
import org.mcpagentic.agent.model.Prompt;
import org.mcpagentic.agent.model.PromptSize;

/**
 * Makes a conversation fit a model's context window. What gives way are the results of tools, the oldest first, each down to
 * its beginning and end around a mark that says what is missing: the model can call the tool again. What the user asked and
 * what the model said stay whole.
 *
 * <p>Tokens are estimated, by {@link PromptSize}. A provider that counts more says so, and the window is then taken for smaller.
 */
final class ContextWindow {

    private static final int HEAD = 600;
    private static final int TAIL = 200;

    /** Room for the mark itself. */
    private static final int MARK = 120;

    /** Tokens that are kept free for the answer, but for no more than a quarter of a small window. */
    private static final long ANSWER = 8192;

    private final long tokens;

    /** @param tokens of the model's window, more than zero */
    ContextWindow(long tokens) {
        this.tokens = tokens - Math.min(ANSWER, tokens / 4);
    }

    /** @param leftOut characters that gave way */
    record Fitted(Prompt prompt, long leftOut) {}

    /** The prompt, as much shortened as it has to be; nothing where all that can give way is not enough. */
    Optional<Fitted> fit(Prompt prompt) {
        long over = PromptSize.estimate(prompt) - tokens;
        if (over <= 0) {
            return Optional.of(new Fitted(prompt, 0));
        }
        List<Message> messages = new ArrayList<>(prompt.messages());
        long leftOut = 0;
        for (int i = 0; i < messages.size() && over > 0; i++) {
            if (messages.get(i) instanceof Message.ToolMessage result) {
                Message.ToolMessage shorter = shortened(
                        result, latest(messages, i) ? over * PromptSize.BYTES_PER_TOKEN + MARK : Long.MAX_VALUE);
                over -= PromptSize.tokens(result.text()) - PromptSize.tokens(shorter.text());
                leftOut += Math.max(0, result.text().length() - shorter.text().length());
                messages.set(i, shorter);
            }
        }
        return over > 0
                ? Optional.empty()
                : Optional.of(new Fitted(new Prompt(prompt.system(), messages, prompt.tools()), leftOut));
    }

    /** Whether no turn of the model follows: what it waits for loses no more than it must. */
    private static boolean latest(List<Message> messages, int index) {
        return messages.subList(index, messages.size()).stream().noneMatch(Message.ModelMessage.class::isInstance);
    }

    private static Message.ToolMessage shortened(Message.ToolMessage result, long most) {
        String text = result.text();
        long length = Math.max(HEAD + TAIL, text.length() - most);
        if (text.length() <= length + markOf(text.length()).length()) {
            return result;
        }
        int head = whole(text, (int) length - TAIL);
        int tail = whole(text, text.length() - TAIL);
        return new Message.ToolMessage(
                result.callId(),
                result.toolName(),
                text.substring(0, head) + markOf(tail - head) + text.substring(tail),
                result.failed());
    }

    private static String markOf(int characters) {
        return "\n[left out here, to fit the context window: " + characters
                + " characters of this result; call the tool again if they matter]\n";
    }

    /** The position, or the one before it, where it would halve a surrogate pair. */
    private static int whole(String text, int position) {
        return Character.isLowSurrogate(text.charAt(position)) ? position - 1 : position;
    }
}
