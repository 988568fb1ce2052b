package org.mcpagentic.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mcpagentic.models.catalogue.CatalogueConfig;
import org.mcpagentic.models.catalogue.CatalogueConfig.Entry;
import org.mcpagentic.models.openai.OutputLimit;

/** Models of one's own reach the services, by the chart's values or by a ConfigMap beside the base. */
class ModelCatalogueTest {

    private static final Path SHIPPED =
            Path.of("../../libs/language-models/src/main/resources/META-INF/microprofile-config.properties");
    private static final String MOUNTED_AT = "/etc/mcp-agentic/models";
    private static final List<String> ASKING = List.of("custom-mcp-service", "public-mcp-service");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void theServicesUnderstandEveryValueOfTheChart() throws IOException {
        Entry entry = understood("everything", Chart.render(values("""
                everything:
                  provider: openai
                  id: Qwen/Qwen3-8B
                  baseUrl: https://vllm.example.com:8000/v1
                  apiKeyFrom: HOUSE_KEY
                  contextTokens: 1048576
                  maxOutputTokens: 10000000
                  outputLimit: max-completion-tokens
                  stream: false
                  concurrency: 7
                  waiting: 0
                  attempts: 3
                  rest: 20s
                  timeout: {connect: 100ms, turn: 1m, firstToken: 3s, idle: 4s, attempt: 1h}
                  fallback: [gemini-3.8-flash, offline]
                  price:
                    input: 0.1
                    cachedInput: 0.000025
                    output: 2
                    longPrompts: {above: 200000, input: 0.2, cachedInput: 0.05, output: 1000000}
                """)));

        assertThat(entry.provider()).isEqualTo(CatalogueConfig.Provider.OPENAI);
        assertThat(entry.id()).contains("Qwen/Qwen3-8B");
        assertThat(entry.baseUrl()).hasToString("Optional[https://vllm.example.com:8000/v1]");
        assertThat(entry.apiKey()).contains("key of the house");
        assertThat(entry.contextTokens()).isEqualTo(1_048_576);
        assertThat(entry.maxOutputTokens()).contains(10_000_000);
        assertThat(entry.outputLimit()).isEqualTo(OutputLimit.MAX_COMPLETION_TOKENS);
        assertThat(entry.stream()).isFalse();
        assertThat(entry.concurrency()).isEqualTo(7);
        assertThat(entry.waiting()).isZero();
        assertThat(entry.attempts()).isEqualTo(3);
        assertThat(entry.rest()).isEqualTo(Duration.ofSeconds(20));
        assertThat(entry.timeout().connect()).isEqualTo(Duration.ofMillis(100));
        assertThat(entry.timeout().turn()).isEqualTo(Duration.ofMinutes(1));
        assertThat(entry.timeout().firstToken()).isEqualTo(Duration.ofSeconds(3));
        assertThat(entry.timeout().idle()).isEqualTo(Duration.ofSeconds(4));
        assertThat(entry.timeout().attempt()).isEqualTo(Duration.ofHours(1));
        assertThat(entry.fallback()).contains(List.of("gemini-3.8-flash", "offline"));
        CatalogueConfig.Price price = entry.price().orElseThrow();
        assertThat(price.input()).isEqualByComparingTo("0.1");
        assertThat(price.cachedInput().orElseThrow()).isEqualByComparingTo("0.000025");
        assertThat(price.output()).isEqualByComparingTo("2");
        CatalogueConfig.LongPrompts longPrompts = price.longPrompts().orElseThrow();
        assertThat(longPrompts.above()).isEqualTo(200_000);
        assertThat(longPrompts.input()).isEqualByComparingTo("0.2");
        assertThat(longPrompts.cachedInput().orElseThrow()).isEqualByComparingTo("0.05");
        assertThat(longPrompts.output()).isEqualByComparingTo("1000000");
    }

    @Test
    void theServicesUnderstandTheChartsScenario() throws IOException {
        var manifests = Chart.render(Chart.scenario("models"));

        Entry flash = understood("gemini-3.8-flash", manifests);

        assertThat(flash.fallback()).contains(List.of("gpt-5-mini", "house"));
        assertThat(flash.price().orElseThrow().input()).as("as it came along").isEqualByComparingTo("0.75");
        assertThat(understood("gpt-5-mini", manifests).outputLimit()).isEqualTo(OutputLimit.MAX_COMPLETION_TOKENS);
        assertThat(understood("house", manifests).timeout().attempt()).isEqualTo(Duration.ofSeconds(90));
    }

    @Test
    void anEntryThatComesAlongIsChangedWhereSomethingIsSaidOfIt() throws IOException {
        var manifests = Chart.render(values("""
                openai: {id: llama3.2, baseUrl: "http://ollama:11434/v1"}
                gemini-3.1-pro-preview: {attempts: 1}
                """));

        Entry openai = understood("openai", manifests);
        Entry pro = understood("gemini-3.1-pro-preview", manifests);

        assertThat(openai.id()).contains("llama3.2");
        assertThat(openai.baseUrl()).hasToString("Optional[http://ollama:11434/v1]");
        assertThat(openai.provider()).isEqualTo(CatalogueConfig.Provider.OPENAI);
        assertThat(pro.attempts()).isEqualTo(1);
        assertThat(pro.contextTokens()).as("as it came along").isEqualTo(1_048_576);
    }

    @Test
    void anAuthorityOfOnesOwnLiesWhereItsModelLooksForIt() throws Exception {
        var manifests = Chart.render(Chart.scenario("models"));

        Path file = understood("house", manifests).caFile().orElseThrow();

        assertThat(file.getParent()).isEqualTo(Path.of(MOUNTED_AT));
        assertThat(certificate(catalogueOf(manifests)
                                .at("/data")
                                .path(file.getFileName().toString())
                                .asText())
                        .getSubjectX500Principal()
                        .getName())
                .isEqualTo("CN=An authority for examples");
    }

    @Test
    void everyServiceThatAsksModelsReadsTheCatalogue() {
        for (var manifests : List.of(Chart.render(Chart.scenario("models")), Kustomization.render(Kustomization.DEV))) {
            for (String service : ASKING) {
                var pod = Manifest.find(manifests, "Deployment", service).podSpec();

                assertThat(pod.at("/containers/0/env").toString())
                        .contains("{\"name\":\"QUARKUS_CONFIG_LOCATIONS\",\"value\":\"" + MOUNTED_AT + "\"}");
                assertThat(Manifest.each(pod.at("/containers/0/volumeMounts")))
                        .filteredOn(mount -> mount.path("name").asText().equals("models"))
                        .singleElement()
                        .satisfies(mount ->
                                assertThat(mount.path("mountPath").asText()).isEqualTo(MOUNTED_AT))
                        .satisfies(mount ->
                                assertThat(mount.path("readOnly").asBoolean()).isTrue());
                assertThat(Manifest.each(pod.path("volumes")))
                        .filteredOn(volume -> volume.path("name").asText().equals("models"))
                        .singleElement()
                        .satisfies(volume -> assertThat(volume.path("configMap"))
                                .hasToString("{\"name\":\"mcp-agentic-models\",\"optional\":true}"));
            }
        }
    }

    @Test
    void aChangeOfTheCatalogueRollsThePodsThatReadIt() throws IOException {
        var before = Chart.render(values("house: {provider: openai, id: qwen3}"));

        var after = Chart.render(values("house: {provider: openai, id: qwen3, attempts: 1}"));

        for (String service : ASKING) {
            assertThat(pods(after, service)).isNotEqualTo(pods(before, service));
        }
        assertThat(pods(after, "dashboard-service")).isEqualTo(pods(before, "dashboard-service"));
    }

    @Test
    void anOverlayBringsItsOwnCatalogue() throws IOException {
        Path overlay = Files.createDirectories(Path.of("target/overlay"));
        Files.writeString(overlay.resolve("models.properties"), "agent.models.house.provider=openai\n");
        Files.writeString(overlay.resolve("kustomization.yaml"), """
                apiVersion: kustomize.config.k8s.io/v1beta1
                kind: Kustomization
                namespace: agents
                resources:
                  - ../../../../k8s/base
                components:
                  - ../../../../k8s/components/redis-internal
                configMapGenerator:
                  - name: mcp-agentic-models
                    files:
                      - models.properties
                """);

        var manifests = Kustomization.render(overlay);

        var catalogue = catalogueOf(manifests);
        assertThat(catalogue.name()).matches("mcp-agentic-models-[a-z0-9]{10}");
        assertThat(catalogue.at("/data/models.properties").asText()).contains("house");
        for (String service : ASKING) {
            assertThat(Manifest.find(manifests, "Deployment", service)
                            .podSpec()
                            .path("volumes")
                            .toString())
                    .contains("{\"name\":\"" + catalogue.name() + "\"");
        }
        assertThat(References.faultsIn(manifests)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "house: {provider: openai, id: qwen3, surprise: 1}",
                "house: {provider: openai, id: qwen3, timeout: {surprise: 1s}}",
                "house: {provider: openai, id: qwen3, price: {input: 1, output: 1, surprise: 1}}",
                "gemini-3.8-flash: {price: {longPrompts: {above: 1, input: 1, output: 1, surprise: 1}}}",
            })
    void aMisspeltKeyIsRefused(String catalogue) {
        assertThatThrownBy(() -> Chart.render(values(catalogue))).hasMessageContaining("surprise");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "house: {id: qwen3} | missing property 'provider'",
                "house: {provider: openai} | missing property 'id'",
                "house: {provider: ollama, id: qwen3} | house/provider'",
                "house: {provider: openai, id: 'qwen3${HOME}'} | house/id'",
                "house: {provider: openai, id: qwen3, baseUrl: localhost:11434} | house/baseUrl'",
                "house: {provider: openai, id: qwen3, baseUrl: 'http://user:secret@vllm/v1'} | house/baseUrl'",
                "house: {provider: openai, id: qwen3, apiKeyFrom: sk-the-key-itself} | house/apiKeyFrom'",
                "house: {provider: openai, id: qwen3, ca: /etc/ssl/ca.pem} | house/ca'",
                "house: {provider: openai, id: qwen3, contextTokens: 10} | house/contextTokens'",
                "house: {provider: openai, id: qwen3, attempts: 9} | house/attempts'",
                "house: {provider: openai, id: qwen3, rest: 15} | house/rest'",
                "house: {provider: openai, id: qwen3, timeout: {idle: soon}} | house/timeout/idle'",
                "house: {provider: openai, id: qwen3, price: {input: -1, output: 1}} | house/price/input'",
                "'two words': {provider: openai, id: qwen3} | invalid propertyName 'two words'",
                "offline: {provider: openai, id: qwen3} | invalid propertyName 'offline'",
            })
    void aModelThatCannotWorkIsRefused(String catalogue, String told) {
        assertThatThrownBy(() -> Chart.render(values(catalogue))).hasMessageContaining(told);
    }

    @Test
    void theChartKnowsTheModelsThatComeAlong() throws IOException {
        Pattern provider = Pattern.compile("agent\\.models\\.\"?(.+?)\"?\\.provider");
        var shipped = new TreeSet<String>();
        for (String property : properties(Files.readString(SHIPPED)).keySet()) {
            var matcher = provider.matcher(property);
            if (matcher.matches()) {
                shipped.add(matcher.group(1));
            }
        }

        var known =
                schema().at("/properties/model/properties/catalogue/properties").propertyStream();

        assertThat(shipped).hasSizeGreaterThan(2);
        assertThat(known.map(Map.Entry::getKey)).containsExactlyInAnyOrderElementsOf(shipped);
    }

    @Test
    void theChartExplainsWhatCanBeSaidOfAModel() throws IOException {
        String readme = Files.readString(Chart.FOLDER.resolve("README.md"));

        assertThat(keys("", schema().at("/definitions/model")))
                .hasSizeGreaterThan(20)
                .allSatisfy(key -> assertThat(readme).contains("| `" + key + "` |"));
    }

    private Path values(String catalogue) throws IOException {
        Path file = folder.resolve("values.yaml");
        Files.writeString(file, "model:\n  catalogue:\n" + catalogue.indent(4));
        return file;
    }

    private static Manifest catalogueOf(List<Manifest> manifests) {
        return manifests.stream()
                .filter(manifest ->
                        manifest.kind().equals("ConfigMap") && manifest.name().startsWith("mcp-agentic-models"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no ConfigMap of models"));
    }

    private static JsonNode pods(List<Manifest> manifests, String service) {
        return Manifest.find(manifests, "Deployment", service).at("/spec/template");
    }

    /** A model as a service reads it that finds the ConfigMap's file; fails on what that would refuse. */
    private static Entry understood(String name, List<Manifest> manifests) throws IOException {
        String text = catalogueOf(manifests).at("/data/models.properties").asText();
        Map<String, Entry> models = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .withSources(
                        new PropertiesConfigSource(properties(Files.readString(SHIPPED)), "shipped", 100),
                        new PropertiesConfigSource(properties(text), "mounted", 300),
                        new PropertiesConfigSource(Map.of("HOUSE_KEY", "key of the house"), "environment", 300))
                .withMapping(CatalogueConfig.class)
                .build()
                .getConfigMapping(CatalogueConfig.class)
                .models();
        return Objects.requireNonNull(models.get(name), name);
    }

    private static Map<String, String> properties(String text) throws IOException {
        var properties = new Properties();
        properties.load(new StringReader(text));
        var map = new HashMap<String, String>();
        properties.stringPropertyNames().forEach(name -> map.put(name, properties.getProperty(name)));
        return map;
    }

    private static X509Certificate certificate(String pem) throws CertificateException {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
    }

    private static JsonNode schema() throws IOException {
        return new ObjectMapper()
                .readTree(Chart.FOLDER.resolve("values.schema.json").toFile());
    }

    private static Stream<String> keys(String prefix, JsonNode section) {
        return section.path("properties").propertyStream().flatMap(field -> {
            String key = prefix + field.getKey();
            return field.getValue().has("properties") ? keys(key + ".", field.getValue()) : Stream.of(key);
        });
    }
}
