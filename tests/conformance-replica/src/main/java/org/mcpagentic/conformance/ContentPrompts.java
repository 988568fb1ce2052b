package org.mcpagentic.conformance;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.mcpagentic.edge.access.Caller;
import org.mcpagentic.mcp.Completion;
import org.mcpagentic.mcp.CompletionRequest;
import org.mcpagentic.mcp.InputRequest;
import org.mcpagentic.mcp.ListChange;
import org.mcpagentic.mcp.NeededInput;
import org.mcpagentic.mcp.content.Content;
import org.mcpagentic.mcp.content.ResourceContents;
import org.mcpagentic.mcp.prompt.Prompt;
import org.mcpagentic.mcp.prompt.PromptArgument;
import org.mcpagentic.mcp.prompt.PromptDefinition;
import org.mcpagentic.mcp.prompt.PromptMessage;
import org.mcpagentic.mcp.prompt.PromptOutcome;
import org.mcpagentic.mcp.prompt.PromptRequest;
import org.mcpagentic.mcp.prompt.PromptSource;

/** Prompts of the suite's. */
@ApplicationScoped
class ContentPrompts implements PromptSource {

    private final Announcements announcements;

    private final List<Prompt> prompts = List.of(
            prompt(
                    "test_simple_prompt",
                    List.of(),
                    request -> messages(PromptMessage.user("This is a simple prompt for testing."))),
            prompt(
                    "test_prompt_with_arguments",
                    List.of("arg1", "arg2"),
                    request -> messages(PromptMessage.user("Prompt with arguments: arg1='"
                            + request.arguments().get("arg1") + "', arg2='"
                            + request.arguments().get("arg2") + "'"))),
            prompt(
                    "test_prompt_with_embedded_resource",
                    List.of("resourceUri"),
                    request -> messages(
                            user(new Content.Embedded(new ResourceContents.Text(
                                    request.arguments().getOrDefault("resourceUri", ""),
                                    Optional.of("text/plain"),
                                    "Embedded resource content for testing."))),
                            PromptMessage.user("Please process the embedded resource above."))),
            prompt(
                    "test_prompt_with_image",
                    List.of(),
                    request -> messages(
                            user(new Content.Image(Samples.PNG, "image/png")),
                            PromptMessage.user("Please analyze the image above."))),
            prompt(
                    "test_input_required_result_prompt",
                    List.of(),
                    request -> request.exchange()
                            .input("user_context")
                            .map(answer -> messages(PromptMessage.user("Context: " + answer.path("content"))))
                            .orElseGet(() -> new PromptOutcome.InputRequired(NeededInput.of(
                                    "user_context",
                                    new InputRequest.Form(
                                            "What context should the prompt use?",
                                            InputTools.form("context", "string")))))));

    ContentPrompts(Announcements announcements) {
        this.announcements = announcements;
    }

    @Override
    public Uni<List<Prompt>> prompts(Caller caller) {
        return Uni.createFrom().item(prompts);
    }

    @Override
    public Multi<ListChange> changes(Caller caller) {
        return announcements.of(caller, "prompts");
    }

    private static PromptOutcome messages(PromptMessage... messages) {
        return new PromptOutcome.Messages(Optional.empty(), List.of(messages));
    }

    private static PromptMessage user(Content content) {
        return new PromptMessage(PromptMessage.Role.USER, content);
    }

    private static Prompt prompt(String name, List<String> arguments, Function<PromptRequest, PromptOutcome> work) {
        PromptDefinition definition = new PromptDefinition(
                name,
                name,
                "What the conformance suite calls " + name + ".",
                arguments.stream()
                        .map(argument -> new PromptArgument(argument, "One of the suite's.", true))
                        .toList(),
                List.of(),
                Optional.empty());
        return new Prompt() {
            @Override
            public PromptDefinition definition() {
                return definition;
            }

            @Override
            public Uni<PromptOutcome> get(PromptRequest request) {
                return Uni.createFrom().item(work.apply(request));
            }

            @Override
            public Uni<Completion> complete(CompletionRequest request) {
                return Uni.createFrom()
                        .item(Completion.of(List.of("paris", "park", "party").stream()
                                .filter(value -> value.startsWith(request.value()))
                                .toList()));
            }
        };
    }
}
