package org.mcpagentic.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The schemas of custom resources are laid as the tests of k8s/ and helm/ read them; a folder stands for the catalogue. */
class CrdSchemasTest {
    private static final List<String> SCHEMAS = List.of(
            "cert-manager.io/certificate_v1.json",
            "external-secrets.io/externalsecret_v1.json",
            "gateway.networking.k8s.io/gateway_v1.json",
            "gateway.networking.k8s.io/httproute_v1.json",
            "keda.sh/scaledobject_v1alpha1.json",
            "monitoring.coreos.com/alertmanagerconfig_v1alpha1.json",
            "monitoring.coreos.com/prometheusrule_v1.json",
            "monitoring.coreos.com/servicemonitor_v1.json");

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void aCheckoutWithTheScriptAloneAndACatalogue() throws IOException {
        Path script = folder.resolve("scripts/need-crd-schemas");
        Files.createDirectories(script.getParent());
        Files.copy(Checkout.ROOT.resolve("scripts/need-crd-schemas"), script);
        for (String schema : SCHEMAS) {
            Path file = folder.resolve("catalogue").resolve(schema);
            Files.createDirectories(file.getParent());
            Files.writeString(file, "{\"title\": \"" + schema + "\"}");
        }
    }

    @Test
    void laysEachWhereItIsRead() {
        Run.Ended ended = run();

        assertThat(ended.exitCode()).as(ended.output()).isZero();
        assertThat(SCHEMAS)
                .allSatisfy(schema -> assertThat(
                                folder.resolve(".tools/crd-schemas/crds").resolve(schema))
                        .hasContent("{\"title\": \"" + schema + "\"}"));
    }

    @Test
    void failsAndLeavesNothingWhereOneCannotBeHad() throws IOException {
        Files.delete(folder.resolve("catalogue").resolve(SCHEMAS.getLast()));

        Run.Ended ended = run();

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.output()).contains("no monitoring.coreos.com/servicemonitor_v1.json at file:");
        assertThat(folder.resolve(".tools/crd-schemas/crds")).doesNotExist();
    }

    @Test
    void takesThemFromOneCommit() {
        assertThat(Checkout.text("scripts/need-crd-schemas"))
                .containsPattern("https://raw\\.githubusercontent\\.com/datreeio/CRDs-catalog/[0-9a-f]{40}}");
    }

    private Run.Ended run() {
        return Run.in(
                folder,
                Map.of(
                        "CRD_CATALOG",
                        folder.resolve("catalogue").toUri().toString().replaceFirst("/$", "")),
                List.of(folder.resolve("scripts/need-crd-schemas").toString()));
    }
}
