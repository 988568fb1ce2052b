package org.mcpagentic.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The overlays that the documentation shows whole can be built as they stand there, and keep the rules. */
class ExamplesTest {

    private static final Pattern OVERLAY =
            Pattern.compile("```yaml\n(apiVersion: kustomize\\.config\\.k8s\\.io/v1beta1\n.*?)```", Pattern.DOTALL);

    @ParameterizedTest
    @ValueSource(strings = {"k8s/README.md", "docs/how-to/expose.md"})
    void theOverlayCanBeBuilt(String page) throws IOException {
        List<String> overlays = OVERLAY.matcher(Files.readString(Path.of("../..", page)))
                .results()
                .map((MatchResult example) -> example.group(1))
                .toList();

        assertThat(overlays).isNotEmpty().allSatisfy(overlay -> {
            var manifests = Kustomization.render(written(page, overlay));
            assertThat(manifests)
                    .filteredOn(manifest -> manifest.kind().equals("Ingress"))
                    .isNotEmpty()
                    .allSatisfy(ingress -> assertThat(
                                    ingress.at("/spec/rules/0/host").asText())
                            .isEqualTo("agents.example.com"));
            assertThat(InstallationRules.faultsIn(manifests)).isEmpty();
            assertThat(References.faultsIn(manifests)).isEmpty();
        });
    }

    /** As if it stood in a folder of {@code k8s/overlays}. */
    private static Path written(String page, String overlay) throws IOException {
        Path folder = Files.createDirectories(Path.of("target/examples", page.replace('/', '.')));
        Files.writeString(folder.resolve("kustomization.yaml"), overlay.replace("- ../../", "- ../../../../../k8s/"));
        return folder;
    }
}
