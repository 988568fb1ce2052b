package org.mcpagentic.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a release tells docker, cosign and helm; in their places stand programs that write down what they are told. */
class ReleaseTest {
    private static final String DIGEST = "sha256:" + "0a1b".repeat(16);
    private static final List<String> SERVICES =
            List.of("custom-mcp-service", "public-mcp-service", "dashboard-service");

    @TempDir
    private Path folder = Path.of("");

    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void aCheckoutWithTheScriptsAlone() throws IOException {
        for (String file : List.of(
                "scripts/registry-login",
                "scripts/release-images",
                "scripts/release-registry",
                "scripts/release-version",
                "scripts/release-sign",
                "scripts/release-chart",
                "scripts/promote",
                "deploy/environments/staging.yaml")) {
            Path copy = folder.resolve(file);
            Files.createDirectories(copy.getParent());
            Files.copy(Checkout.ROOT.resolve(file), copy);
        }
        Files.createDirectories(folder.resolve("tools"));
        environment.put("PATH", folder.resolve("tools") + ":" + System.getenv("PATH"));
        environment.put("TOLD", folder.resolve("told").toString());
        // why capitals: an owner on GitHub may have them, an image may not
        environment.put("REGISTRY", "registry.example.com/Acme");
        environment.put("RELEASE_VERSION", "1.2.3");
        environment.put("SIGNER_IDENTITY", "^https://ci\\.example\\.com/");
        environment.put("SIGNER_ISSUER", "https://issuer.example.com");
    }

    @Test
    void promotesWhatIsSignedWithTheValuesOfTheEnvironment() throws IOException {
        tool("cosign", "");
        tool("helm", "");
        environment.put("ENVIRONMENT", "staging");
        environment.put("KUBECONFIG", "/etc/kubeconfig");

        Run.Ended ended = run("promote");

        assertThat(ended.exitCode()).as(ended.output()).isZero();
        assertThat(told())
                .hasSize(6)
                .startsWith("cosign verify --certificate-identity-regexp ^https://ci\\.example\\.com/"
                        + " --certificate-oidc-issuer https://issuer.example.com"
                        + " registry.example.com/acme/charts/mcp-agentic-ai-server:1.2.3")
                .anyMatch(line -> line.endsWith(" registry.example.com/acme/mcp-agentic/dashboard-service:1.2.3"))
                .contains("helm upgrade --install agentic oci://registry.example.com/acme/charts/mcp-agentic-ai-server"
                        + " --version 1.2.3 --namespace mcp-agentic-staging --values deploy/environments/staging.yaml"
                        + " --set-string image.registry=registry.example.com/acme"
                        + " --atomic --wait --timeout 10m --history-max 10")
                .endsWith("helm test agentic --namespace mcp-agentic-staging --timeout 5m");
    }

    @Test
    void promotesNothingOfWhichAnythingIsNotSigned() throws IOException {
        tool("cosign", "case \"$*\" in *dashboard-service*) exit 1 ;; esac");
        tool("helm", "");
        environment.put("ENVIRONMENT", "staging");
        environment.put("KUBECONFIG", "/etc/kubeconfig");

        Run.Ended ended = run("promote");

        assertThat(ended.exitCode()).isNotZero();
        assertThat(told()).hasSize(4).noneMatch(line -> line.startsWith("helm"));
    }

    @Test
    void showsTheClustersSecretToHelmAloneAndInAFileThatIsGoneAfterwards() throws IOException {
        tool("cosign", "");
        tool(
                "helm",
                "echo \"$(stat -c '%a %n' \"$KUBECONFIG\") $(cat \"$KUBECONFIG\") ${KUBECONFIG_CONTENT-unset}\" >>\"$TOLD.file\"");
        environment.put("ENVIRONMENT", "staging");
        environment.put("KUBECONFIG_CONTENT", "the-secret");

        Run.Ended ended = run("promote");

        List<String> seen = Files.readAllLines(folder.resolve("told.file"));
        assertThat(ended.output()).doesNotContain("the-secret");
        assertThat(told()).noneMatch(line -> line.contains("the-secret"));
        assertThat(seen).hasSize(2).allMatch(line -> line.matches("600 \\S+ the-secret unset"));
        assertThat(Path.of(seen.getFirst().replaceFirst("^\\S+ (\\S+) .*$", "$1")))
                .doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "prod", "../staging", "staging.yaml"})
    void knowsNoOtherEnvironments(String name) throws IOException {
        tool("cosign", "");
        tool("helm", "");
        environment.put("ENVIRONMENT", name);
        environment.put("KUBECONFIG", "/etc/kubeconfig");

        Run.Ended ended = run("promote");

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(folder.resolve("told")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.2", "v1.2.3", "01.2.3", "1.2.3 --debug", "latest"})
    void releasesNothingWithoutAVersion(String version) {
        environment.put("RELEASE_VERSION", version);

        Run.Ended ended = run("release-version");

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.output()).contains("no version to release");
    }

    @ParameterizedTest
    @ValueSource(strings = {"release-images", "release-sign", "release-chart", "promote", "registry-login"})
    void releasesNothingWithoutARegistry(String script) throws IOException {
        tool("docker", "");
        tool("cosign", "");
        tool("helm", "");
        environment.put("REGISTRY", "");

        Run.Ended ended = run(script);

        assertThat(ended.exitCode()).isNotZero();
        assertThat(ended.output()).contains("REGISTRY: such as registry.example.com/acme");
        assertThat(folder.resolve("told")).doesNotExist();
    }

    @Test
    void signsInAtTheRegistrysHostWithoutAPasswordAmongItsArguments() throws IOException {
        tool("docker", "cat >\"$TOLD.password\"");
        environment.put("REGISTRY", "Registry.Example.com/Acme");
        environment.put("REGISTRY_LOGIN_USR", "somebody");
        environment.put("REGISTRY_LOGIN_PSW", "secret");
        environment.put("DOCKER_CONFIG", folder.resolve("login").toString());

        Run.Ended ended = run("registry-login");

        assertThat(ended.exitCode()).as(ended.output()).isZero();
        assertThat(told()).containsExactly("docker login --username somebody --password-stdin registry.example.com");
        assertThat(folder.resolve("told.password")).hasContent("secret");
    }

    @Test
    void buildsAndPushesTheImagesOfThisMachine() throws IOException {
        tool("uname", "echo aarch64");
        tool("docker", "");
        Path build = folder.resolve("images/build");
        Files.createDirectories(build.getParent());
        Files.writeString(build, "#!/bin/sh\necho \"build $* of $REGISTRY:$TAG, $VERSION\" >>\"$TOLD\"\n");
        assertThat(build.toFile().setExecutable(true)).isTrue();
        environment.put("KIND", "native");
        environment.put("ARCHITECTURE", "arm64");

        Run.Ended ended = run("release-images");

        String images = "registry.example.com/acme/mcp-agentic";
        assertThat(ended.exitCode()).as(ended.output()).isZero();
        assertThat(told())
                .contains(
                        "build native of " + images + ":1.2.3-native-arm64, 1.2.3",
                        "docker push --quiet " + images + "/custom-mcp-service:1.2.3-native-arm64",
                        "docker push --quiet " + images + "/public-mcp-service:1.2.3-native-arm64",
                        "docker push --quiet " + images + "/dashboard-service:1.2.3-native-arm64");
    }

    @Test
    void signsEachImageByItsDigestAndAttestsItsBillOfMaterials() throws IOException {
        tool("docker", "case \"$*\" in *inspect*) echo " + DIGEST + " ;; esac");
        tool("cosign", "");
        for (String service : SERVICES) {
            Files.createDirectories(folder.resolve(service).resolve("target"));
            Files.writeString(folder.resolve(service).resolve("target/sbom.json"), "{\"of\": \"" + service + "\"}");
        }

        Run.Ended ended = run("release-sign");

        assertThat(ended.exitCode()).as(ended.output()).isZero();
        assertThat(told())
                .contains(
                        "docker buildx imagetools create --tag registry.example.com/acme/mcp-agentic/public-mcp-service:1.2.3"
                                + " registry.example.com/acme/mcp-agentic/public-mcp-service:1.2.3-native-amd64"
                                + " registry.example.com/acme/mcp-agentic/public-mcp-service:1.2.3-native-arm64")
                .contains(
                        "docker buildx imagetools create --tag registry.example.com/acme/mcp-agentic/public-mcp-service:1.2.3-jvm"
                                + " registry.example.com/acme/mcp-agentic/public-mcp-service:1.2.3-jvm-amd64"
                                + " registry.example.com/acme/mcp-agentic/public-mcp-service:1.2.3-jvm-arm64");
        for (String service : SERVICES) {
            String image = "registry.example.com/acme/mcp-agentic/" + service + "@" + DIGEST;
            String bill = "target/release/" + service + ".cdx.json";
            assertThat(told())
                    .filteredOn(line -> line.startsWith("cosign") && line.endsWith(image))
                    .hasSize(4)
                    .contains("cosign sign --yes --recursive " + image)
                    .contains("cosign attest --yes --type cyclonedx --predicate " + bill + " " + image);
            assertThat(folder.resolve(bill)).hasContent("{\"of\": \"" + service + "\"}");
        }
    }

    @Test
    void signsNothingThatHasNoDigest() throws IOException {
        tool("docker", "");
        tool("cosign", "");
        Files.createDirectories(folder.resolve("custom-mcp-service/target"));
        Files.writeString(folder.resolve("custom-mcp-service/target/sbom.json"), "{}");

        Run.Ended ended = run("release-sign");

        assertThat(ended.exitCode()).isNotZero();
        assertThat(told()).noneMatch(line -> line.startsWith("cosign"));
    }

    @Test
    void signsTheChartThatWasPushed() throws IOException {
        tool("helm", "case \"$*\" in push*) echo 'Digest: " + DIGEST + "' >&2 ;; esac");
        tool("cosign", "");

        Run.Ended ended = run("release-chart");

        assertThat(ended.exitCode()).as(ended.output()).isZero();
        assertThat(told())
                .containsExactly(
                        "helm package helm/mcp-agentic-ai-server --version 1.2.3 --app-version 1.2.3 --destination target/release",
                        "helm push target/release/mcp-agentic-ai-server-1.2.3.tgz oci://registry.example.com/acme/charts",
                        "cosign sign --yes registry.example.com/acme/charts/mcp-agentic-ai-server@" + DIGEST);
    }

    private Run.Ended run(String script) {
        return Run.in(
                folder,
                environment,
                List.of(folder.resolve("scripts").resolve(script).toString()));
    }

    /** Puts a program in a tool's place: it writes down what it is told, then does something. */
    private void tool(String name, String act) throws IOException {
        Path program = folder.resolve("tools").resolve(name);
        Files.writeString(program, "#!/bin/sh\necho \"" + name + " $*\" >>\"$TOLD\"\n" + act + "\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
    }

    private List<String> told() throws IOException {
        return Files.readAllLines(folder.resolve("told"));
    }
}
