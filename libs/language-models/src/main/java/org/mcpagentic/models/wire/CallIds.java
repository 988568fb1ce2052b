package org.mcpagentic.models.wire;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.mcpagentic.agent.model.Message.ModelMessage;
import org.mcpagentic.agent.model.ModelEvent.ToolCalls;
import org.mcpagentic.agent.model.Prompt;
import org.mcpagentic.agent.tool.ToolCall;

/** Gives every call an id that no other call of the conversation has: the provider's own where that will do. */
public final class CallIds {

    private static final Pattern USABLE = Pattern.compile("[\\w.:|-]{1,64}");

    private final Set<String> taken = new HashSet<>();
    private int next = 1;

    private CallIds() {}

    /** For the turn that comes after these. */
    public static CallIds after(Prompt prompt) {
        CallIds ids = new CallIds();
        prompt.messages().forEach(message -> {
            if (message instanceof ModelMessage(ToolCalls turn)) {
                turn.calls().stream().map(ToolCall::callId).forEach(ids.taken::add);
            }
        });
        return ids;
    }

    /** @param given the provider's, untrusted */
    public String take(Optional<String> given) {
        if (given.isPresent() && USABLE.matcher(given.get()).matches() && taken.add(given.get())) {
            return given.get();
        }
        String made;
        do {
            made = "call_" + next++;
        } while (!taken.add(made));
        return made;
    }
}
