package org.mcpagentic.models.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Multi;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mcpagentic.agent.model.LanguageModel;
import org.mcpagentic.agent.model.ModelEvent;
import org.mcpagentic.agent.model.Prompt;
import org.mcpagentic.models.flow.ModelMetrics;

class CatalogueTest {

    private static final String SECRET = "AIzaSecretSecretSecret";

    private final List<String> keys = new ArrayList<>();

    @Test
    void answersOfflineWhereNothingIsConfigured() {
        Catalogue catalogue = catalogue(Map.of());

        assertThat(catalogue.chosen().name()).isEqualTo("offline");
        assertThat(catalogue.names()).containsExactly("offline");
    }

    @Test
    void answersWithGeminiWhereItsKeyIsThere() {
        Catalogue catalogue = catalogue(Map.of("GEMINI_API_KEY", SECRET + "\n"));

        assertThat(catalogue.chosen().name()).isEqualTo("gemini-3.8-flash");
        assertThat(catalogue.names())
                .containsExactly("gemini-3.1-pro-preview", "gemini-3.5-flash-lite", "gemini-3.8-flash", "offline");
        assertThat(keys).hasSize(3).containsOnly(SECRET);
    }

    @Test
    void answersWithTheModelThatIsNamed() {
        Catalogue catalogue = catalogue(Map.of("GEMINI_API_KEY", SECRET, "MODEL", "gemini-3.5-flash-lite"));

        assertThat(catalogue.chosen().name()).isEqualTo("gemini-3.5-flash-lite");
        assertThat(catalogue.named("offline")).isPresent();
    }

    @Test
    void anyOpenAiCompatibleServerIsThreeVariablesAway() {
        Catalogue catalogue = catalogue(
                Map.of("MODEL", "openai", "OPENAI_BASE_URL", "http://localhost:11434/v1", "OPENAI_MODEL", "llama3.2"));

        assertThat(catalogue.chosen().name()).isEqualTo("openai");
        assertThat(keys).containsExactly("");
    }

    @Test
    void refusesToStartOnAModelThatThereIsNotAndSaysWhichThereAre() {
        assertThatThrownBy(() -> catalogue(Map.of("MODEL", "gemini-1.0")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("\"gemini-1.0\"")
                .hasMessageContaining("gemini-3.8-flash, offline, openai");
    }

    @Test
    void refusesToStartOnAModelWhoseKeyIsMissingAndSaysWhichSettingMendsIt() {
        assertThatThrownBy(() -> catalogue(Map.of("MODEL", "gemini-3.8-flash")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("GEMINI_API_KEY");
    }

    @ParameterizedTest
    @ValueSource(strings = {"AIza Secret", "AIza\r\nX-Evil: 1", "AIzaSécret"})
    void refusesAKeyThatIsNoneWithoutShowingIt(String key) {
        assertThatThrownBy(() -> catalogue(Map.of("GEMINI_API_KEY", key)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageNotContaining("AIza");
    }

    @Test
    void refusesAFallbackThatThereIsNot() {
        assertThatThrownBy(() -> catalogue(
                        Map.of("GEMINI_API_KEY", SECRET, "agent.models.\"gemini-3.8-flash\".fallback", "gemini-9")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("gemini-9");
    }

    @ParameterizedTest
    @CsvSource({
        "MODEL, gemini-1.0, '\"gemini-1.0\", which is not in the catalogue'",
        "GEMINI_API_KEY, AIza Secret, is no key",
        "GEMINI_BASE_URL, ftp://localhost, is http or https with a host",
    })
    void whatStopsAServiceIsToldInOneLine(String name, String value, String told) {
        Map<String, String> settings = new HashMap<>(Map.of("GEMINI_API_KEY", SECRET));
        settings.put(name, value);
        Vertx vertx = Vertx.vertx();
        try {
            // why no cause: Quarkus shows the message alone where this is the innermost exception
            assertThatThrownBy(() -> new CatalogueBeans()
                            .catalogue(config(settings), vertx, new ModelMetrics(new SimpleMeterRegistry())))
                    .isInstanceOf(ConfigurationException.class)
                    .hasNoCause()
                    .hasMessageContaining(told)
                    .hasMessageNotContaining("AIza");
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    @Test
    void describesModelsWithoutTheirServersAndKeys() {
        Catalogue catalogue = catalogue(Map.of(
                "GEMINI_API_KEY",
                SECRET,
                "agent.models.house.provider",
                "openai",
                "agent.models.house.id",
                "qwen3",
                "agent.models.house.base-url",
                "http://10.0.0.7:8080/v1",
                "agent.models.\"gemini-3.8-flash\".fallback",
                "house,offline"));

        assertThat(catalogue.descriptions().toString()).doesNotContain(SECRET).doesNotContain("10.0.0.7");
        ModelDescription flash = catalogue.descriptions().stream()
                .filter(ModelDescription::chosen)
                .findFirst()
                .orElseThrow();
        assertThat(flash.name()).isEqualTo("gemini-3.8-flash");
        assertThat(flash.missing()).isEmpty();
        assertThat(flash.fallback()).containsExactly("house", "offline");
        assertThat(flash.prices().orElseThrow().usual().output()).isEqualByComparingTo("3.75");
    }

    @Test
    void listsWhatAModelLacks() {
        Catalogue catalogue = catalogue(Map.of());

        assertThat(catalogue.descriptions())
                .filteredOn(model -> model.provider().equals("gemini"))
                .hasSize(3)
                .allSatisfy(model -> assertThat(model.missing()).isPresent());
        assertThat(catalogue.named("gemini-3.8-flash")).isEqualTo(Optional.empty());
    }

    private Catalogue catalogue(Map<String, String> settings) {
        return new Catalogue(
                config(settings),
                (name, entry, key) -> {
                    keys.add(key);
                    return new Named(name);
                },
                new ModelMetrics(new SimpleMeterRegistry()));
    }

    /** The catalogue that comes along, and settings on top. */
    private static CatalogueConfig config(Map<String, String> settings) {
        try {
            return new SmallRyeConfigBuilder()
                    .addDefaultInterceptors()
                    .addDiscoveredConverters()
                    .withSources(
                            new PropertiesConfigSource(
                                    CatalogueTest.class.getResource("/META-INF/microprofile-config.properties"), 100),
                            new PropertiesConfigSource(new HashMap<>(settings), "settings", 400))
                    .withMapping(CatalogueConfig.class)
                    .build()
                    .getConfigMapping(CatalogueConfig.class);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private record Named(String name) implements LanguageModel {

        @Override
        public long contextTokens() {
            return 1_000;
        }

        @Override
        public Multi<ModelEvent> next(Prompt prompt) {
            return Multi.createFrom().empty();
        }
    }
}
