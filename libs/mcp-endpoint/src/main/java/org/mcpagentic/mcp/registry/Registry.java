package org.mcpagentic.mcp.registry;

import io.quarkus.arc.All;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.mcpagentic.edge.access.Caller;
import org.mcpagentic.mcp.Completion;
import org.mcpagentic.mcp.CompletionRequest;
import org.mcpagentic.mcp.ListChange;
import org.mcpagentic.mcp.Page;
import org.mcpagentic.mcp.prompt.Prompt;
import org.mcpagentic.mcp.prompt.PromptSource;
import org.mcpagentic.mcp.resource.ResourceDefinition;
import org.mcpagentic.mcp.resource.ResourceOutcome;
import org.mcpagentic.mcp.resource.ResourceRequest;
import org.mcpagentic.mcp.resource.ResourceSource;
import org.mcpagentic.mcp.resource.ResourceTemplate;
import org.mcpagentic.mcp.resource.ResourceUpdate;
import org.mcpagentic.mcp.task.TaskDesk;
import org.mcpagentic.mcp.tool.Tool;
import org.mcpagentic.mcp.tool.ToolSource;

/** All that is offered to a caller, from all sources; knows neither revision nor transport. */
@ApplicationScoped
public class Registry {

    private final List<ToolSource> tools;
    private final List<PromptSource> prompts;
    private final List<ResourceSource> resources;
    private final Optional<TaskDesk> desk;

    @Inject
    Registry(
            @All List<ToolSource> tools,
            @All List<PromptSource> prompts,
            @All List<ResourceSource> resources,
            Instance<TaskDesk> desk) {
        this(tools, prompts, resources, desk.isUnsatisfied() ? Optional.empty() : Optional.of(desk.get()));
    }

    Registry(
            List<ToolSource> tools,
            List<PromptSource> prompts,
            List<ResourceSource> resources,
            Optional<TaskDesk> desk) {
        this.tools = List.copyOf(tools);
        this.prompts = List.copyOf(prompts);
        this.resources = List.copyOf(resources);
        this.desk = desk;
    }

    public boolean hasTools() {
        return !tools.isEmpty();
    }

    public boolean hasPrompts() {
        return !prompts.isEmpty();
    }

    public boolean hasResources() {
        return !resources.isEmpty();
    }

    /** Where tasks are asked for; nothing where the service has none. */
    public Optional<TaskDesk> desk() {
        return desk;
    }

    /** A part of the tools in the order of their names. */
    public Uni<Page<Tool>> tools(Caller caller, Optional<String> after, int limit) {
        return gathered(
                        tools,
                        source -> source.tools(caller),
                        tool -> tool.definition().name())
                .map(all -> page(all, after, limit));
    }

    public Uni<Optional<Tool>> tool(Caller caller, String name) {
        return first(tools, 0, source -> source.tool(caller, name));
    }

    /** A part of the prompts in the order of their names. */
    public Uni<Page<Prompt>> prompts(Caller caller, Optional<String> after, int limit) {
        return gathered(
                        prompts,
                        source -> source.prompts(caller),
                        prompt -> prompt.definition().name())
                .map(all -> page(all, after, limit));
    }

    public Uni<Optional<Prompt>> prompt(Caller caller, String name) {
        return first(prompts, 0, source -> source.prompt(caller, name));
    }

    /** A part of the families of resources in the order of their templates. */
    public Uni<Page<ResourceTemplate>> templates(Caller caller, Optional<String> after, int limit) {
        return gathered(resources, source -> source.templates(caller), ResourceTemplate::uriTemplate)
                .map(all -> page(all, after, limit));
    }

    /**
     * A part of the resources, one source after the other.
     *
     * @param after as {@link Page#next()} of an earlier page
     */
    public Uni<Page<ResourceDefinition>> resources(Caller caller, Optional<String> after, int limit) {
        int source = after.map(place -> Integer.parseInt(place.substring(0, place.indexOf(':'))))
                .orElse(0);
        Optional<String> within =
                after.map(place -> place.substring(place.indexOf(':') + 1)).filter(place -> !place.isEmpty());
        return resources(caller, source, within, limit, new ArrayList<>());
    }

    private Uni<Page<ResourceDefinition>> resources(
            Caller caller, int source, Optional<String> within, int limit, List<ResourceDefinition> before) {
        if (source >= resources.size()) {
            return Uni.createFrom().item(Page.last(before));
        }
        return resources
                .get(source)
                .resources(caller, within, limit - before.size())
                .chain(page -> {
                    before.addAll(page.items());
                    if (page.next().isPresent()) {
                        return Uni.createFrom()
                                .item(new Page<>(before, page.next().map(next -> source + ":" + next)));
                    }
                    boolean full = before.size() >= limit;
                    return full && source + 1 < resources.size()
                            ? Uni.createFrom().item(new Page<>(before, Optional.of((source + 1) + ":")))
                            : resources(caller, source + 1, Optional.empty(), limit, before);
                });
    }

    /** What a resource holds, from the first source that knows it. */
    public Uni<ResourceOutcome> read(ResourceRequest request) {
        return read(0, request);
    }

    private Uni<ResourceOutcome> read(int source, ResourceRequest request) {
        if (source >= resources.size()) {
            return Uni.createFrom().item(new ResourceOutcome.Unknown());
        }
        return resources
                .get(source)
                .read(request)
                .chain(outcome -> outcome instanceof ResourceOutcome.Unknown
                        ? read(source + 1, request)
                        : Uni.createFrom().item(outcome));
    }

    /** How a variable of a template may go on; empty where no source has the template. */
    public Uni<Optional<Completion>> complete(String uriTemplate, CompletionRequest request) {
        return first(resources, 0, source -> source.complete(uriTemplate, request));
    }

    public Multi<ListChange> toolChanges(Caller caller) {
        return merged(tools, source -> source.changes(caller));
    }

    public Multi<ListChange> promptChanges(Caller caller) {
        return merged(prompts, source -> source.changes(caller));
    }

    public Multi<ListChange> resourceChanges(Caller caller) {
        return merged(resources, source -> source.changes(caller));
    }

    public Multi<ResourceUpdate> updates(Caller caller, String uri) {
        return merged(resources, source -> source.updates(caller, uri));
    }

    private static <S, T> Multi<T> merged(List<S> sources, Function<S, Multi<T>> ask) {
        return sources.isEmpty()
                ? Multi.createFrom().nothing()
                : Multi.createBy().merging().streams(sources.stream().map(ask).toList());
    }

    private static <S, T> Uni<Optional<T>> first(List<S> sources, int from, Function<S, Uni<Optional<T>>> ask) {
        if (from >= sources.size()) {
            return Uni.createFrom().item(Optional.empty());
        }
        return ask.apply(sources.get(from))
                .chain(found -> found.isPresent() ? Uni.createFrom().item(found) : first(sources, from + 1, ask));
    }

    private static <S, T> Uni<NavigableMap<String, T>> gathered(
            List<S> sources, Function<S, Uni<List<T>>> ask, Function<T, String> name) {
        Uni<NavigableMap<String, T>> all = Uni.createFrom().item(new TreeMap<>());
        for (S source : sources) {
            all = all.chain(known -> ask.apply(source).map(items -> {
                items.forEach(item -> known.putIfAbsent(name.apply(item), item));
                return known;
            }));
        }
        return all;
    }

    private static <T> Page<T> page(NavigableMap<String, T> all, Optional<String> after, int limit) {
        Map<String, T> rest =
                after.<Map<String, T>>map(last -> all.tailMap(last, false)).orElse(all);
        List<T> items = rest.values().stream().limit(limit).toList();
        Optional<String> last =
                rest.size() > limit ? rest.keySet().stream().skip(limit - 1L).findFirst() : Optional.empty();
        return new Page<>(items, last);
    }
}
