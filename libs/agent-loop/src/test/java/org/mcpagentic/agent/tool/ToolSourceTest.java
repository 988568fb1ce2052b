package org.mcpagentic.agent.tool;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mcpagentic.agent.mask.OutputFilter;
import org.mcpagentic.store.TenantId;

class ToolSourceTest {

    private static final TenantId ACME = new TenantId("acme");
    private static final TenantId OTHER = new TenantId("other");

    private final Changing source = new Changing();
    private final Toolbox toolbox =
            new Toolbox(List.of(new Saying("calculator", "42")), List.of(source), OutputFilter.NONE);

    @Test
    void aTenantHasWhatAllHaveAndItsOwn() {
        source.give(ACME, new Saying("files.read", "text"));

        List<ToolSpec> specs = toolbox.specs(ACME);

        assertThat(specs).extracting(ToolSpec::name).containsExactly("calculator", "files.read");
        assertThat(toolbox.specs(OTHER)).extracting(ToolSpec::name).containsExactly("calculator");
        assertThat(toolbox.spec(OTHER, "files.read")).isEmpty();
    }

    @Test
    void aToolIsThereAsSoonAsItsSourceHasItAndNoLonger() {
        Saying tool = new Saying("files.read", "text");
        List<ToolSpec> before = toolbox.specs(ACME, List.of("files.read"));
        source.give(ACME, tool);
        List<ToolSpec> with = toolbox.specs(ACME, List.of("files.read"));
        source.take(ACME, tool);

        List<ToolSpec> after = toolbox.specs(ACME, List.of("files.read"));

        assertThat(before).isEmpty();
        assertThat(with).extracting(ToolSpec::name).containsExactly("files.read");
        assertThat(after).isEmpty();
    }

    @Test
    void callsTheToolOfTheTaskTenantOnly() {
        source.give(ACME, new Saying("files.read", "text of acme"));

        ToolResult own = call(ACME, "files.read");
        ToolResult foreign = call(OTHER, "files.read");

        assertThat(own.text()).isEqualTo("text of acme");
        assertThat(foreign.failed()).isTrue();
        assertThat(foreign.text()).contains("there is no tool named \"files.read\"");
    }

    @Test
    void noSourceTakesTheNameOfAToolThatAllHave() {
        source.give(ACME, new Saying("calculator", "43"));

        ToolResult result = call(ACME, "calculator");

        assertThat(result.text()).isEqualTo("42");
        assertThat(toolbox.specs(ACME)).hasSize(1);
    }

    @Test
    void saysWhyAToolIsWithheld() {
        source.withheld.put("files.read", "its definition has changed");

        ToolResult result = call(ACME, "files.read");

        assertThat(result.failed()).isTrue();
        assertThat(result.text()).isEqualTo("its definition has changed");
        assertThat(toolbox.specs(ACME, List.of("files.read"))).isEmpty();
    }

    @Test
    void doesNotEvaluateTheSchemaOfAToolFromASource() {
        // what takes the age of the universe to match against
        ObjectNode slow = JsonNodeFactory.instance.objectNode().put("type", "object");
        slow.putObject("properties").putObject("text").put("type", "string").put("pattern", "^(a+)+$");
        source.give(ACME, new Saying("files.read", "text", slow));
        ObjectNode arguments = JsonNodeFactory.instance.objectNode().put("text", "a".repeat(60) + "!");

        ToolResult result = call(ACME, new ToolCall("c", "files.read", arguments));

        assertThat(result.text()).isEqualTo("text");
    }

    @Test
    void cutsWhatAToolSaysOfItsFailureAfterItIsMasked() {
        Tool failing = new Failing("files.read", "x".repeat(97) + "s3cret" + "y".repeat(10_000));
        Toolbox masking = new Toolbox(List.of(failing), new Masking("s3cret"));

        ToolResult result = call(masking, ACME, new ToolCall("c", "files.read", JsonNodeFactory.instance.objectNode()));

        assertThat(result.failed()).isTrue();
        assertThat(result.truncated()).isTrue();
        assertThat(result.text())
                .startsWith("x".repeat(97) + "[ma\n[truncated: ")
                .doesNotContain("s3c")
                .hasSizeLessThan(200);
    }

    @Test
    void tellsTheModelThatItsArgumentsCouldNotBeRead() {
        source.give(ACME, new Saying("files.read", "text"));

        ToolResult result = call(ACME, ToolCall.flawed("c", "files.read", "an unfinished object"));

        assertThat(result.failed()).isTrue();
        assertThat(result.text()).contains("files.read", "an unfinished object");
    }

    @Test
    void looksAgainForAToolThatWasAddedElsewhere() {
        source.elsewhere.add(new Saying("files.read", "text"));

        toolbox.caughtUp(ACME, List.of("calculator", "files.read")).await().atMost(Duration.ofSeconds(5));

        assertThat(toolbox.spec(ACME, "files.read")).isPresent();
    }

    @Test
    void doesNotLookAgainWhereAllIsKnown() {
        source.elsewhere.add(new Saying("files.read", "text"));

        toolbox.caughtUp(ACME, List.of("calculator")).await().atMost(Duration.ofSeconds(5));

        assertThat(toolbox.spec(ACME, "files.read")).isEmpty();
    }

    private ToolResult call(TenantId tenant, String tool) {
        return call(tenant, new ToolCall("c", tool, JsonNodeFactory.instance.objectNode()));
    }

    private ToolResult call(TenantId tenant, ToolCall call) {
        return call(toolbox, tenant, call);
    }

    private static ToolResult call(Toolbox toolbox, TenantId tenant, ToolCall call) {
        return toolbox.call(call, List.of(call.toolName()), new ToolContext(tenant, "key", new CallThreads()))
                .await()
                .atMost(Duration.ofSeconds(5));
    }

    /** What each tenant has, as the test says. */
    private static final class Changing implements ToolSource {

        private final Map<TenantId, List<Tool>> given = new HashMap<>();
        private final Map<String, String> withheld = new HashMap<>();

        /** What ACME was given through another replica. */
        private final List<Tool> elsewhere = new ArrayList<>();

        void give(TenantId tenant, Tool tool) {
            given.computeIfAbsent(tenant, key -> new ArrayList<>()).add(tool);
        }

        void take(TenantId tenant, Tool tool) {
            given.getOrDefault(tenant, List.of()).remove(tool);
        }

        @Override
        public Uni<Void> ready() {
            return Uni.createFrom().voidItem();
        }

        @Override
        public Uni<Void> lookAgain() {
            return Uni.createFrom().voidItem().invoke(() -> elsewhere.forEach(tool -> give(ACME, tool)));
        }

        @Override
        public List<Tool> tools(TenantId tenant) {
            return given.getOrDefault(tenant, List.of());
        }

        @Override
        public Optional<Tool> tool(TenantId tenant, String name) {
            return tools(tenant).stream()
                    .filter(tool -> tool.spec().name().equals(name))
                    .findFirst();
        }

        @Override
        public Optional<String> withheld(TenantId tenant, String name) {
            return Optional.ofNullable(withheld.get(name));
        }
    }

    private record Saying(String name, String text, ObjectNode schema) implements Tool {

        Saying(String name, String text) {
            this(name, text, JsonNodeFactory.instance.objectNode().put("type", "object"));
        }

        @Override
        public ToolSpec spec() {
            return new ToolSpec(name, "a tool for tests", schema, SideEffects.READ_ONLY, Duration.ofSeconds(1), 100);
        }

        @Override
        public Uni<String> call(ObjectNode arguments, ToolContext context) {
            return Uni.createFrom().item(text);
        }
    }

    private record Failing(String name, String why) implements Tool {

        @Override
        public ToolSpec spec() {
            return new Saying(name, "").spec();
        }

        @Override
        public Uni<String> call(ObjectNode arguments, ToolContext context) {
            return Uni.createFrom().failure(new ToolFailure(why));
        }
    }

    private record Masking(String secret) implements OutputFilter {

        @Override
        public String whole(String text) {
            return text.replace(secret, "[masked]");
        }

        @Override
        public Pieces pieces() {
            return OutputFilter.NONE.pieces();
        }
    }
}
