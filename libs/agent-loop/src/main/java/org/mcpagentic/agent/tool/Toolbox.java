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

/** The tools that there are, each under its name. */
public final class Toolbox {

    private static final Logger LOG = Logger.getLogger(Toolbox.class);

    private final SequencedMap<String, Tool> tools = new TreeMap<>();

    /** @throws IllegalArgumentException where two tools have one name */
    public Toolbox(Iterable<? extends Tool> tools) {
        for (Tool tool : tools) {
            if (this.tools.putIfAbsent(tool.spec().name(), tool) != null) {
                throw new IllegalArgumentException(
                        "two tools are named " + tool.spec().name());
            }
        }
    }

    /** All tools, by name. */
    public List<ToolSpec> specs() {
        return tools.values().stream().map(Tool::spec).toList();
    }

    public Optional<ToolSpec> spec(String name) {
        return Optional.ofNullable(tools.get(name)).map(Tool::spec);
    }

    /** The named tools, in the order of the names; those that there are not are left out. */
    public List<ToolSpec> specs(Collection<String> names) {
        return names.stream().distinct().flatMap(name -> spec(name).stream()).toList();
    }

    /**
     * Calls a tool within its deadline and bound.
     *
     * @param allowed names of the tools that may be called
     * @return never fails: what went wrong is a failed result that the model reads
     */
    public Uni<ToolResult> call(ToolCall call, Collection<String> allowed, ToolContext context) {
        Tool tool = tools.get(call.toolName());
        if (tool == null || !allowed.contains(call.toolName())) {
            return Uni.createFrom()
                    .item(failure("there is no tool named \"" + abridged(call.toolName())
                            + "\" for this task; there is: " + String.join(", ", allowed)));
        }
        ToolSpec spec = tool.spec();
        return Uni.createFrom()
                .deferred(() -> tool.call(call.arguments().deepCopy(), context))
                .ifNoItem()
                .after(spec.deadline())
                .fail()
                .map(text -> bounded(text, spec.maxOutputChars()))
                .onFailure()
                .recoverWithItem(thrown -> failure(thrown, spec));
    }

    private static ToolResult failure(Throwable thrown, ToolSpec spec) {
        return switch (thrown) {
            case ToolFailure failure -> failure(String.valueOf(failure.getMessage()));
            case TimeoutException timeout -> failure("the tool gave no result within " + seconds(spec.deadline()));
            default -> {
                LOG.errorf(thrown, "tool broke tool=%s", spec.name());
                yield failure("the tool broke; its arguments are not at fault");
            }
        };
    }

    private static ToolResult failure(String text) {
        return new ToolResult(text, true, false);
    }

    private static ToolResult bounded(String text, int most) {
        if (text.length() <= most) {
            return new ToolResult(text, false, false);
        }
        String mark = "\n[truncated: " + text.length() + " characters, the first " + most + " are shown]";
        return new ToolResult(text.substring(0, most) + mark, false, true);
    }

    private static String seconds(Duration duration) {
        return duration.toMillis() / 1000.0 + " s";
    }

    private static String abridged(String name) {
        return name.length() <= 64 ? name : name.substring(0, 64) + "…";
    }
}
