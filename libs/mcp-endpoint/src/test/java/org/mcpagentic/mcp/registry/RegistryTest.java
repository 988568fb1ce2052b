package org.mcpagentic.mcp.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.operators.multi.processors.BroadcastProcessor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.mcpagentic.edge.access.Caller;
import org.mcpagentic.mcp.ListChange;
import org.mcpagentic.mcp.Page;
import org.mcpagentic.mcp.resource.ResourceDefinition;
import org.mcpagentic.mcp.resource.ResourceOutcome;
import org.mcpagentic.mcp.resource.ResourceRequest;
import org.mcpagentic.mcp.resource.ResourceSource;
import org.mcpagentic.mcp.seal.Callers;
import org.mcpagentic.mcp.tool.TaskSupport;
import org.mcpagentic.mcp.tool.Tool;
import org.mcpagentic.mcp.tool.ToolDefinition;
import org.mcpagentic.mcp.tool.ToolHints;
import org.mcpagentic.mcp.tool.ToolOutcome;
import org.mcpagentic.mcp.tool.ToolRequest;
import org.mcpagentic.mcp.tool.ToolSource;

/** All that is offered, from all sources. */
class RegistryTest {

    private static final Caller ADA = Callers.of("ada");

    @Test
    void anEmptyOneOffersNothing() {
        Registry registry = of(List.of(), List.of());

        assertThat(registry.hasTools()).isFalse();
        assertThat(tools(registry, Optional.empty(), 10).items()).isEmpty();
        assertThat(registry.tool(ADA, "a").await().indefinitely()).isEmpty();
        assertThat(resources(registry, Optional.empty(), 10).items()).isEmpty();
    }

    @Test
    void toolsOfAllSourcesComeInTheOrderOfTheirNamesAndEachNameOnce() {
        Registry registry = of(List.of(new Tools("first", "d", "a"), new Tools("second", "c", "a", "b")), List.of());

        assertThat(names(tools(registry, Optional.empty(), 10))).containsExactly("a", "b", "c", "d");
        assertThat(registry.tool(ADA, "a")
                        .await()
                        .indefinitely()
                        .orElseThrow()
                        .definition()
                        .title())
                .isEqualTo("first");
    }

    @Test
    void aPageSaysWhereTheNextBegins() {
        Registry registry = of(List.of(new Tools("first", "a", "b", "c", "d")), List.of());

        Page<Tool> one = tools(registry, Optional.empty(), 2);
        Page<Tool> two = tools(registry, one.next(), 2);

        assertThat(names(one)).containsExactly("a", "b");
        assertThat(names(two)).containsExactly("c", "d");
        assertThat(two.next()).isEmpty();
    }

    @Test
    void resourcesComeSourceAfterSourceAndEachOnce() {
        Registry registry =
                of(List.of(), List.of(new Resources("x", 5), new Resources("none", 0), new Resources("y", 4)));

        for (int limit = 1; limit <= 10; limit++) {
            List<String> uris = new ArrayList<>();
            Optional<String> after = Optional.empty();
            do {
                Page<ResourceDefinition> page = resources(registry, after, limit);
                assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
                page.items().forEach(resource -> uris.add(resource.uri()));
                after = page.next();
            } while (after.isPresent());
            assertThat(uris).containsExactly("x:0", "x:1", "x:2", "x:3", "x:4", "y:0", "y:1", "y:2", "y:3");
        }
    }

    @Test
    void changesOfAnySourceAreHeard() {
        Tools one = new Tools("one", "a");
        Tools two = new Tools("two", "b");
        List<ListChange> heard = new ArrayList<>();
        var listening =
                of(List.of(one, two), List.of()).toolChanges(ADA).subscribe().with(heard::add);

        one.changes.onNext(ListChange.CHANGED);
        two.changes.onNext(ListChange.CHANGED);

        assertThat(heard).hasSize(2);
        listening.cancel();
    }

    private static Registry of(List<ToolSource> tools, List<ResourceSource> resources) {
        return new Registry(tools, List.of(), resources, Optional.empty());
    }

    private static Page<Tool> tools(Registry registry, Optional<String> after, int limit) {
        return registry.tools(ADA, after, limit).await().indefinitely();
    }

    private static Page<ResourceDefinition> resources(Registry registry, Optional<String> after, int limit) {
        return registry.resources(ADA, after, limit).await().indefinitely();
    }

    private static List<String> names(Page<Tool> page) {
        return page.items().stream().map(tool -> tool.definition().name()).toList();
    }

    private static final class Tools implements ToolSource {

        private final BroadcastProcessor<ListChange> changes = BroadcastProcessor.create();
        private final List<Tool> tools;

        Tools(String title, String... names) {
            tools = Arrays.stream(names)
                    .<Tool>map(name -> new Named(new ToolDefinition(
                            name,
                            title,
                            "",
                            JsonNodeFactory.instance.objectNode().put("type", "object"),
                            Optional.empty(),
                            ToolHints.READ_ONLY,
                            List.of(),
                            Optional.empty(),
                            TaskSupport.NONE)))
                    .toList();
        }

        @Override
        public Uni<List<Tool>> tools(Caller caller) {
            return Uni.createFrom().item(tools);
        }

        @Override
        public Multi<ListChange> changes(Caller caller) {
            return changes;
        }
    }

    private record Named(ToolDefinition definition) implements Tool {

        @Override
        public Uni<ToolOutcome> call(ToolRequest request) {
            return Uni.createFrom().item(ToolOutcome.text("called"));
        }
    }

    /** Resources {@code prefix:0} and on. */
    private record Resources(String prefix, int count) implements ResourceSource {

        @Override
        public Uni<Page<ResourceDefinition>> resources(Caller caller, Optional<String> after, int limit) {
            int from = after.map(Integer::parseInt).orElse(0);
            int to = Math.min(count, from + limit);
            List<ResourceDefinition> items = new ArrayList<>();
            for (int n = from; n < to; n++) {
                items.add(new ResourceDefinition(
                        prefix + ":" + n,
                        prefix,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        OptionalLong.empty(),
                        List.of()));
            }
            return Uni.createFrom()
                    .item(new Page<>(items, to < count ? Optional.of(Integer.toString(to)) : Optional.empty()));
        }

        @Override
        public Uni<ResourceOutcome> read(ResourceRequest request) {
            return Uni.createFrom().item(new ResourceOutcome.Unknown());
        }
    }
}
