package org.mcpagentic.agent.tool;

import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jboss.logging.Logger;
import org.mcpagentic.agent.mask.OutputFilter;

/** The tools that there are, each under its name. */
public final class Toolbox {

    private static final Logger LOG = Logger.getLogger(Toolbox.class);

    private final SequencedMap<String, Offer> tools = new TreeMap<>();

    /** A tool with what is known of it beforehand. */
    private record Offer(Tool tool, ToolSpec spec, ArgumentCheck check) {}

    private final OutputFilter filter;

    /**
     * @param filter is given every result and every failure before anything is done with it
     * @throws IllegalArgumentException where two tools have one name
     */
    public Toolbox(Iterable<? extends Tool> tools, OutputFilter filter) {
        this.filter = filter;
        for (Tool tool : tools) {
            ToolSpec spec = tool.spec();
            if (this.tools.putIfAbsent(spec.name(), new Offer(tool, spec, new ArgumentCheck(spec))) != null) {
                throw new IllegalArgumentException("two tools are named " + spec.name());
            }
        }
    }

    /** All tools, by name. */
    public List<ToolSpec> specs() {
        return tools.values().stream().map(Offer::spec).toList();
    }

    public Optional<ToolSpec> spec(String name) {
        return Optional.ofNullable(tools.get(name)).map(Offer::spec);
    }

    /** The named tools, in the order of the names; those that there are not are left out. */
    public List<ToolSpec> specs(Collection<String> names) {
        return names.stream().distinct().flatMap(name -> spec(name).stream()).toList();
    }

    /**
     * Calls a tool within its deadline and bound, where the arguments fit its schema.
     *
     * @param allowed names of the tools that may be called
     * @return never fails: what went wrong is a failed result that the model reads
     */
    public Uni<ToolResult> call(ToolCall call, Collection<String> allowed, ToolContext context) {
        Offer offer = tools.get(call.toolName());
        if (offer == null || !allowed.contains(call.toolName())) {
            return Uni.createFrom()
                    .item(failure("there is no tool named \"" + abridged(call.toolName())
                            + "\" for this task; there is: " + String.join(", ", allowed)));
        }
        ToolSpec spec = offer.spec();
        Optional<String> flaw = offer.check().flaw(call);
        if (flaw.isPresent()) {
            return Uni.createFrom().item(failure(flaw.get()));
        }
        return Uni.createFrom()
                .deferred(() -> offer.tool().call(call.arguments().deepCopy(), context))
                .ifNoItem()
                .after(spec.deadline())
                .fail()
                // why before it is cut: half of a secret would not be known for one
                .map(text -> bounded(filter.whole(text), spec.maxOutputChars()))
                .onFailure()
                .recoverWithItem(thrown -> failure(thrown, spec));
    }

    private ToolResult failure(Throwable thrown, ToolSpec spec) {
        return switch (thrown) {
            case ToolFailure failure -> failure(String.valueOf(failure.getMessage()));
            case TimeoutException timeout -> failure("the tool gave no result within " + seconds(spec.deadline()));
            default -> {
                LOG.errorf(thrown, "tool broke tool=%s", spec.name());
                yield failure("the tool broke; its arguments are not at fault");
            }
        };
    }

    private ToolResult failure(String text) {
        return new ToolResult(filter.whole(text), true, false);
    }

    private static ToolResult bounded(String text, int most) {
        if (text.length() <= most) {
            return new ToolResult(text, false, false);
        }
        // why: half a surrogate pair is no text
        int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
        String mark = "\n[truncated: " + text.length() + " characters, the first " + end + " are shown]";
        return new ToolResult(text.substring(0, end) + mark, false, true);
    }

    private static String seconds(Duration duration) {
        return duration.toMillis() / 1000.0 + " s";
    }

    private static String abridged(String name) {
        return name.length() <= 64 ? name : name.substring(0, 64) + "…";
    }
}
