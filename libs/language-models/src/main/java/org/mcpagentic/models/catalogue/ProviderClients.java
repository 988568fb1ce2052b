package org.mcpagentic.models.catalogue;

import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;
import org.mcpagentic.agent.model.LanguageModel;
import org.mcpagentic.models.gemini.GeminiModel;
import org.mcpagentic.models.gemini.GeminiSettings;
import org.mcpagentic.models.openai.OpenAiModel;
import org.mcpagentic.models.openai.OpenAiSettings;
import org.mcpagentic.models.wire.WireClient;
import org.mcpagentic.models.wire.WireSettings;

/** Clients that speak to the providers' real servers. Their connections end with Vert.x. */
final class ProviderClients implements ModelClients {

    private static final URI GEMINI = URI.create("https://generativelanguage.googleapis.com/v1beta");
    private static final URI OPENAI = URI.create("https://api.openai.com/v1");

    private final Vertx vertx;
    private final InstantSource clock;

    ProviderClients(Vertx vertx, InstantSource clock) {
        this.vertx = vertx;
        this.clock = clock;
    }

    @Override
    public LanguageModel client(String name, CatalogueConfig.Entry entry, String key) {
        entry.caFile().filter(file -> !Files.isReadable(file)).ifPresent(file -> {
            throw new IllegalStateException("agent.models.\"" + name + "\".ca-file cannot be read: " + file);
        });
        WireClient wire = new WireClient(vertx, settings(entry), clock);
        OptionalInt mostOutput = entry.maxOutputTokens().map(OptionalInt::of).orElseGet(OptionalInt::empty);
        return switch (entry.provider()) {
            case GEMINI ->
                new GeminiModel(
                        wire,
                        new GeminiSettings(
                                name,
                                entry.id().orElse(name),
                                entry.baseUrl().orElse(GEMINI),
                                key,
                                entry.contextTokens(),
                                mostOutput,
                                entry.stream()));
            case OPENAI ->
                new OpenAiModel(
                        wire,
                        new OpenAiSettings(
                                name,
                                entry.id().orElse(name),
                                entry.baseUrl().orElse(OPENAI),
                                Optional.of(key).filter(given -> !given.isEmpty()),
                                entry.contextTokens(),
                                mostOutput,
                                entry.outputLimit(),
                                entry.stream()));
        };
    }

    private static WireSettings settings(CatalogueConfig.Entry entry) {
        return new WireSettings(
                entry.timeout().connect(),
                entry.concurrency(),
                WireSettings.DEFAULT.mostEventBytes(),
                WireSettings.DEFAULT.mostAnswerBytes(),
                WireSettings.DEFAULT.http2(),
                entry.caFile());
    }
}
