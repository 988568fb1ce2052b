package org.mcpagentic.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.marcnuri.helm.Helm;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** How the services are reached from outside, by whom, and what is told them of it. */
class EdgeTest {

    private static final Path COMPONENTS = Kustomization.FOLDER.resolve("components");
    private static final Set<String> OF_LONG_RUNNING_PODS =
            Set.of("has 45 s to end", "has a startup, a liveness and a readiness probe");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "settings: {worker.slots: '5'} | worker.slots",
                "settings: {STORE_ENCRYPTION_KEYS: 'a:b'} | settings.STORE_ENCRYPTION_KEYS belongs in a Secret",
                "settings: {OPENAI_API_KEY: k} | settings.OPENAI_API_KEY belongs in a Secret",
                "settings: {ACCESS_SECRET: s} | settings.ACCESS_SECRET belongs in a Secret",
                "settings: {WEATHER_TOKEN: t} | settings.WEATHER_TOKEN belongs in a Secret",
                "settings: {REDIS_PASSWORD: p} | settings.REDIS_PASSWORD belongs in a Secret",
                "settings: {PROXY: 'http://user:word@proxy.example.com'} | /settings/PROXY",
                "settings: {WORKER_SLOTS: 5} | /settings/WORKER_SLOTS",
                "settings: {EDGE_ALLOWED_HOSTS: example.com} | settings.EDGE_ALLOWED_HOSTS: another value",
                "publicUrl: agents.example.com | /publicUrl",
                "publicUrl: https://agents.example.com/ | /publicUrl",
                "trustedProxies: [ingress-nginx] | /trustedProxies",
                "allowedOrigins: [agents.example.com] | /allowedOrigins",
                "ingress: {flavour: traefik} | /ingress/flavour",
                "ingress: {bodySize: 8 MB} | /ingress/bodySize",
                "ingress: {streamSeconds: 10} | /ingress/streamSeconds",
                "gateway: {enabled: true} | gateway.enabled excludes ingress.enabled",
                "gateway: {className: nginx, parent: {namespace: gateways}} | /gateway/className",
                "tls: {certManager: {issuer: letsencrypt}} | /tls/secretName",
                "tls: {certManager: {issuerKind: Vault}} | /tls/certManager/issuerKind",
                "redis: {internal: {enabled: false, existingSecret: a}, external: {existingSecret: b}} | /redis/internal/existingSecret",
                "oidc: {issuer: https://id.example.com} | /oidc/audience",
                "oidc: {clientId: page} | /oidc/clientId",
                "oidc: {issuer: https://id.example.com, audience: a, clientId: page} | oidc.clientId needs https",
                "oidc: {scopeMappings: {'a=b': ask}} | a=b",
                "logging: {level: TRACE} | /logging/level",
                "logging: {levels: {org.mcpagentic.Edge: DEBUG}} | org.mcpagentic.Edge",
                "externalSecrets: {store: {name: ''}} | /externalSecrets/store/name",
                "approval: {rules: [{tool: mail.send}]} | verdict",
                "approval: {rules: [{tool: mail.send, verdict: maybe}]} | /approval/rules/0/verdict",
                "approval: {rules: [{tool: '${HOME}', verdict: deny}]} | /approval/rules/0/tool",
                "remote: {servers: {Weather: {url: https://mcp.weather.example}}} | Weather",
                "remote: {servers: {weather: {url: https://mcp.weather.example, token: t}}} | token",
                "tests: {image: curlimages/curl:latest} | /tests/image",
            })
    void refusesWhatCannotWorkOrBelongsInASecret(String values, String complaint) {
        assertThatThrownBy(() -> render(values)).hasMessageContaining(complaint);
    }

    @Test
    void tellsEachServiceItsOwnPublicAddress() throws IOException {
        var manifests = render("{host: agents.example.com, tls: {secretName: agents-example-com}}");

        var settings = Manifest.find(manifests, "ConfigMap", "mcp-agentic-settings");

        assertThat(settings.at("/data/CUSTOM_MCP_PUBLIC_URL").asText()).isEqualTo("https://agents.example.com/custom");
        assertThat(settings.at("/data/PUBLIC_MCP_PUBLIC_URL").asText()).isEqualTo("https://agents.example.com/public");
        assertThat(settings.at("/data/DASHBOARD_PUBLIC_URL").asText()).isEqualTo("https://agents.example.com");
        assertThat(keyOfThePublicUrl(manifests, "custom-mcp-service")).isEqualTo("CUSTOM_MCP_PUBLIC_URL");
        assertThat(keyOfThePublicUrl(manifests, "public-mcp-service")).isEqualTo("PUBLIC_MCP_PUBLIC_URL");
        assertThat(keyOfThePublicUrl(manifests, "dashboard-service")).isEqualTo("DASHBOARD_PUBLIC_URL");
    }

    @Test
    void leadsTheMetadataOfAResourceToItsServiceWithTheWholePath() {
        var metadata = Manifest.find(Chart.render(), "Ingress", "mcp-agentic-metadata");

        assertThat(Manifest.each(metadata.at("/spec/rules/0/http/paths"))
                        .map(path -> path.path("path").asText() + " "
                                + path.path("pathType").asText() + " "
                                + path.at("/backend/service/name").asText()))
                .containsExactly(
                        "/.well-known/oauth-protected-resource/custom Prefix custom-mcp-service",
                        "/.well-known/oauth-protected-resource/public Prefix public-mcp-service");
        assertThat(metadata.at("/metadata/annotations").isMissingNode()).isTrue();
    }

    @Test
    void neitherBuffersNorEndsAStream() throws IOException {
        var annotations =
                Manifest.find(Chart.render(), "Ingress", "custom-mcp-service").at("/metadata/annotations");
        var routes = render("{ingress: {enabled: false}, gateway: {enabled: true}}").stream()
                .filter(manifest -> manifest.kind().equals("HTTPRoute"));

        assertThat(Stream.of("buffering", "request-buffering", "read-timeout", "send-timeout")
                        .map(name -> annotations
                                .path("nginx.ingress.kubernetes.io/proxy-" + name)
                                .asText()))
                .containsExactly("off", "off", "3600", "3600");
        assertThat(routes)
                .hasSize(3)
                .allSatisfy(route -> assertThat(
                                route.at("/spec/rules/0/timeouts/request").asText())
                        .isEqualTo("0s"));
    }

    @Test
    void aCallerCannotInventThePrefixOfThePage() throws IOException {
        var route = Manifest.find(
                render("{ingress: {enabled: false}, gateway: {enabled: true}}"), "HTTPRoute", "dashboard-service");

        assertThat(route.at("/spec/rules/0/filters/0/requestHeaderModifier/remove/0")
                        .asText())
                .isEqualTo("X-Forwarded-Prefix");
    }

    @Test
    void aGatewayWithACertificateHasNoListenerWithoutIt() throws IOException {
        var gateway = Manifest.find(
                render("{ingress: {enabled: false}, gateway: {enabled: true, className: envoy}, tls: {secretName: t}}"),
                "Gateway",
                "mcp-agentic");

        assertThat(Manifest.each(gateway.at("/spec/listeners"))
                        .map(listener -> listener.path("protocol").asText()))
                .containsExactly("HTTPS");
    }

    @Test
    void theServicesReadTheRulesAndServersOfTheChart() throws IOException {
        var manifests = render("""
                approval:
                  expiry: 1h
                  default: {nonIdempotent: deny}
                  rules:
                    - tool: mail.send
                      tenant: [acme, house]
                      arguments:
                        - {pointer: /to, matches: '.+@acme\\.example'}
                      verdict: allow
                    - {tool: 'mail.*', verdict: ask, expiry: 10m}
                remote:
                  existingSecret: servers
                  servers:
                    weather:
                      url: https://mcp.weather.example/mcp
                      tokenFrom: WEATHER_TOKEN
                      tenants: ['*']
                      timeout: 20s
                      sideEffects: {today: read_only, a.b: idempotent}
                      trustFirst: false
                """);
        var properties = new Properties();

        properties.load(new StringReader(Manifest.find(manifests, "ConfigMap", "mcp-agentic-models")
                .at("/data/tools.properties")
                .asText()));

        assertThat(properties)
                .containsOnlyKeys(
                        "approval.expiry",
                        "approval.default.non-idempotent",
                        "approval.rules[0].tool",
                        "approval.rules[0].tenant",
                        "approval.rules[0].arguments[0].pointer",
                        "approval.rules[0].arguments[0].matches",
                        "approval.rules[0].verdict",
                        "approval.rules[1].tool",
                        "approval.rules[1].verdict",
                        "approval.rules[1].expiry",
                        "remote.servers.weather.url",
                        "remote.servers.weather.token",
                        "remote.servers.weather.tenants",
                        "remote.servers.weather.timeout",
                        "remote.servers.weather.side-effects.today",
                        "remote.servers.weather.side-effects.\"a.b\"",
                        "remote.servers.weather.trust-first")
                .containsEntry("approval.rules[0].arguments[0].matches", ".+@acme\\.example")
                .containsEntry("approval.rules[0].tenant", "acme,house")
                .containsEntry("remote.servers.weather.token", "${WEATHER_TOKEN}");
        assertThat(Manifest.find(manifests, "Deployment", "custom-mcp-service")
                        .podSpec()
                        .at("/containers/0/envFrom")
                        .toString())
                .contains("{\"secretRef\":{\"name\":\"servers\"}}");
    }

    @Test
    void theInternalRedisKnowsTheRuleThatTheServicesNeed() throws IOException {
        String rule = Files.readString(COMPONENTS.resolve("redis-external/acl-rule.txt"))
                .strip()
                .replaceAll("\\s+", " ");

        var command = Manifest.find(
                        render("redis: {internal: {existingSecret: redis-password}}"),
                        "StatefulSet",
                        "mcp-agentic-redis")
                .podSpec()
                .at("/containers/0/command");

        assertThat(Manifest.each(command).map(JsonNode::asText))
                .containsExactly(
                        "redis-server",
                        "/etc/redis/redis.conf",
                        "--user default off ~* &* +@all",
                        "--user probe on nopass +ping",
                        "--user mcp reset on >$(REDIS_PASSWORD) " + rule,
                        "--user operator on >$(REDIS_OPERATOR_PASSWORD) >$$(REDIS_OPERATOR_PASSWORD) <$$(REDIS_OPERATOR_PASSWORD) > <"
                                + " ~* nocommands +@connection +@read +acl|log +acl|whoami +bgrewriteaof +config|get +config|set +info"
                                + " +lastsave +latency +memory +psync +replconf +role +slowlog +sync");
    }

    @Test
    void thePodOfHelmTestKeepsTheRulesOfAllPods() throws IOException {
        var test = new Manifest(
                Manifest.find(withoutHooks(), "Pod", "mcp-agentic-test").tree());

        var faults = Stream.concat(
                        PodRules.POD.stream().filter(rule -> !rule.kept().test(test.podSpec())),
                        PodRules.CONTAINER.stream().filter(rule -> !rule.kept().test(test.at("/spec/containers/0"))))
                .map(PodRules.Rule::demand)
                .filter(demand -> !OF_LONG_RUNNING_PODS.contains(demand));

        assertThat(faults).isEmpty();
        assertThat(KubernetesApi.faultsIn(List.of(test))).isEmpty();
        assertThat(test.at("/spec/containers/0/command/2").asText())
                .contains("http://custom-mcp-service:8000/q/health/ready")
                .contains("http://public-mcp-service:8001/q/health/ready")
                .contains("http://dashboard-service:8501/q/health/ready");
    }

    /** The chart's objects, those too that Helm runs at their time: its library renders no hooks. */
    private List<Manifest> withoutHooks() throws IOException {
        Path chart = folder.resolve("chart");
        try (Stream<Path> files = Files.walk(Chart.FOLDER)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = chart.resolve(Chart.FOLDER.relativize(file));
                Files.createDirectories(copy.getParent());
                Files.writeString(copy, Files.readString(file).replaceAll("(?m)^ *helm.sh/hook: .*\n", ""));
            }
        }
        return Manifest.parse(new Helm(chart)
                .template()
                .withName("agents")
                .withKubeVersion("1.34.0")
                .call());
    }

    static Stream<Path> components() throws IOException {
        try (Stream<Path> files = Files.walk(COMPONENTS)) {
            return files.filter(file -> file.endsWith("kustomization.yaml")).sorted().toList().stream();
        }
    }

    /** Whose literal holds, that of an overlay or of its components, differs by the version of kustomize. */
    @ParameterizedTest
    @MethodSource("components")
    void aComponentSetsNothingThatTheBaseSets(Path component) throws IOException {
        var settings = new HashSet<>(literals(Kustomization.FOLDER.resolve("base/kustomization.yaml")));

        settings.retainAll(literals(component));

        assertThat(settings).isEmpty();
    }

    private static List<String> literals(Path kustomization) throws IOException {
        return Manifest.parse(Files.readString(kustomization)).stream()
                .flatMap(manifest -> Manifest.each(manifest.at("/configMapGenerator")))
                .flatMap(generator -> Manifest.each(generator.path("literals")))
                .map(literal -> literal.asText().replaceFirst("=.*", ""))
                .toList();
    }

    private static String keyOfThePublicUrl(List<Manifest> manifests, String service) {
        return Manifest.each(Manifest.find(manifests, "Deployment", service)
                        .podSpec()
                        .at("/containers/0/env"))
                .filter(variable -> variable.path("name").asText().equals("EDGE_PUBLIC_URL"))
                .map(variable -> variable.at("/valueFrom/configMapKeyRef/key").asText())
                .reduce("", String::concat);
    }

    private List<Manifest> render(String values) throws IOException {
        return Chart.render(Files.writeString(folder.resolve("values.yaml"), values));
    }
}
