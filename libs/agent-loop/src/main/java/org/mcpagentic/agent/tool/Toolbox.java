package org.mcpagentic.agent.tool;

import io.smallrye.mutiny.Multi;
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
import org.mcpagentic.store.TenantId;

/** The tools that there are, each under its name: those that all tenants have, and each tenant's own. */
public final class Toolbox {

    private static final Logger LOG = Logger.getLogger(Toolbox.class);

    private final SequencedMap<String, Offer> tools = new TreeMap<>();
    private final List<ToolSource> sources;

    /**
     * A tool with what is known of it beforehand.
     *
     * @param check nothing where its schema is not to be trusted
     */
    private record Offer(Tool tool, ToolSpec spec, Optional<ArgumentCheck> check) {}

    private final OutputFilter filter;

    /**
     * Tools that all tenants have.
     *
     * @throws IllegalArgumentException where two tools have one name
     */
    public Toolbox(Iterable<? extends Tool> tools, OutputFilter filter) {
        this(tools, List.of(), filter);
    }

    /**
     * @param tools those that all tenants have; no other tool takes the place of one of them
     * @param sources have the others; of two with one name the first source's counts
     * @param filter is given every result and every failure before anything is done with it
     * @throws IllegalArgumentException where two tools have one name
     */
    public Toolbox(Iterable<? extends Tool> tools, List<? extends ToolSource> sources, OutputFilter filter) {
        this.sources = List.copyOf(sources);
        this.filter = filter;
        for (Tool tool : tools) {
            ToolSpec spec = tool.spec();
            if (this.tools.putIfAbsent(spec.name(), new Offer(tool, spec, Optional.of(new ArgumentCheck(spec))))
                    != null) {
                throw new IllegalArgumentException("two tools are named " + spec.name());
            }
        }
    }

    /** Completes as soon as all its sources know their tools; a task that goes on before that would miss some. */
    public Uni<Void> ready() {
        return Multi.createFrom()
                .iterable(sources)
                .onItem()
                .transformToUniAndConcatenate(ToolSource::ready)
                .onItem()
                .ignoreAsUni();
    }

    /**
     * Completes at once where all the names are known; else when the sources have looked again: another replica may know a tool for
     * some moments longer. Never fails.
     */
    public Uni<Void> caughtUp(TenantId tenant, Collection<String> names) {
        return Uni.createFrom().deferred(() -> {
            if (names.stream().allMatch(name -> spec(tenant, name).isPresent())) {
                return Uni.createFrom().voidItem();
            }
            return Multi.createFrom()
                    .iterable(sources)
                    .onItem()
                    .transformToUniAndConcatenate(ToolSource::lookAgain)
                    .onItem()
                    .ignoreAsUni();
        });
    }

    /** All tools that a tenant's tasks may be given now, by name. */
    public List<ToolSpec> specs(TenantId tenant) {
        SequencedMap<String, ToolSpec> specs = new TreeMap<>();
        tools.forEach((name, offer) -> specs.put(name, offer.spec()));
        sources.stream()
                .flatMap(source -> source.tools(tenant).stream())
                .map(Tool::spec)
                .forEach(spec -> specs.putIfAbsent(spec.name(), spec));
        return List.copyOf(specs.values());
    }

    /** A tool that a tenant's tasks may be given now. */
    public Optional<ToolSpec> spec(TenantId tenant, String name) {
        return offer(tenant, name).map(Offer::spec);
    }

    /** Whether it is a tool that all tenants have; such a tool never changes. */
    public boolean isCommon(String name) {
        return tools.containsKey(name);
    }

    /** Whether a call of a tool reaches beyond this system. */
    public boolean reachesOut(String name) {
        return Optional.ofNullable(tools.get(name))
                .map(offer -> offer.tool().reachesOut())
                // why: what is not ours is another system
                .orElse(true);
    }

    /** The named tools of a tenant, in the order of the names; those that there are not are left out. */
    public List<ToolSpec> specs(TenantId tenant, Collection<String> names) {
        return names.stream()
                .distinct()
                .flatMap(name -> spec(tenant, name).stream())
                .toList();
    }

    /**
     * Calls a tool of the context's tenant within its deadline and bound, where the arguments fit its schema.
     *
     * @param allowed names of the tools that may be called
     * @return never fails: what went wrong is a failed result that the model reads
     */
    public Uni<ToolResult> call(ToolCall call, Collection<String> allowed, ToolContext context) {
        Optional<Offer> offer =
                allowed.contains(call.toolName()) ? offer(context.tenant(), call.toolName()) : Optional.empty();
        if (offer.isEmpty()) {
            return Uni.createFrom().item(failure(unavailable(call.toolName(), allowed, context.tenant())));
        }
        Optional<String> flaw = flaw(offer.get(), call);
        return flaw.isPresent()
                ? Uni.createFrom().item(failure(flaw.get()))
                : called(offer.get().tool(), offer.get().spec(), call, context);
    }

    /**
     * What is wrong with a call's arguments, so that a model can repair it; nothing where there is no such tool. What another server's
     * schema says is not looked at: one that is made to be slow would stop an event loop.
     */
    public Optional<String> flaw(TenantId tenant, ToolCall call) {
        return offer(tenant, call.toolName()).flatMap(offer -> flaw(offer, call));
    }

    private static Optional<String> flaw(Offer offer, ToolCall call) {
        return offer.check().map(check -> check.flaw(call)).orElseGet(() -> ArgumentCheck.unreadable(call));
    }

    private Optional<Offer> offer(TenantId tenant, String name) {
        return Optional.ofNullable(tools.get(name))
                .or(() -> sources.stream()
                        .flatMap(source -> source.tool(tenant, name).stream())
                        .findFirst()
                        .map(tool -> new Offer(tool, tool.spec(), Optional.empty())));
    }

    /** Why a tool that the tenant has may not be called now, for a model to read; nothing where it may, or there is none. */
    public Optional<String> withheld(TenantId tenant, String name) {
        return sources.stream()
                .flatMap(source -> source.withheld(tenant, name).stream())
                .findFirst();
    }

    private String unavailable(String name, Collection<String> allowed, TenantId tenant) {
        return Optional.of(name)
                .filter(allowed::contains)
                .flatMap(known -> withheld(tenant, known))
                .orElseGet(() -> "there is no tool named \"" + abridged(name) + "\" for this task; there is: "
                        + String.join(", ", allowed));
    }

    private Uni<ToolResult> called(Tool tool, ToolSpec spec, ToolCall call, ToolContext context) {
        return Uni.createFrom()
                .deferred(() -> tool.call(call.arguments().deepCopy(), context))
                .ifNoItem()
                .after(spec.deadline())
                .fail()
                // why before it is cut: half of a secret would not be known for one
                .map(text -> bounded(filter.whole(text), spec.maxOutputChars(), false))
                .onFailure()
                .recoverWithItem(thrown -> failure(thrown, spec));
    }

    private ToolResult failure(Throwable thrown, ToolSpec spec) {
        return switch (thrown) {
            // why bounded too: what a tool says of its failure may come from elsewhere, as its results do
            case ToolFailure failure ->
                bounded(filter.whole(String.valueOf(failure.getMessage())), spec.maxOutputChars(), true);
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

    private static ToolResult bounded(String text, int most, boolean failed) {
        if (text.length() <= most) {
            return new ToolResult(text, failed, false);
        }
        // why: half a surrogate pair is no text
        int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
        String mark = "\n[truncated: " + text.length() + " characters, the first " + end + " are shown]";
        return new ToolResult(text.substring(0, end) + mark, failed, true);
    }

    private static String seconds(Duration duration) {
        return duration.toMillis() / 1000.0 + " s";
    }

    private static String abridged(String name) {
        return name.length() <= 64 ? name : name.substring(0, 64) + "…";
    }
}
