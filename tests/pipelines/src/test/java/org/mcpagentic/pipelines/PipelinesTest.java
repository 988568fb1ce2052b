package org.mcpagentic.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.codehaus.groovy.control.CompilationFailedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** GitHub's workflows and the Jenkinsfile do the same, and neither does what it may not. */
class PipelinesTest {
    private static final String CI = ".github/workflows/ci.yaml";
    private static final String RELEASE = ".github/workflows/release.yaml";

    @Test
    void bothPipelinesDoTheSame() {
        List<Stage> workflows = stagesOfBothWorkflows();

        List<Stage> jenkins =
                comparable(Jenkinsfile.parse(Checkout.text("Jenkinsfile")).stages());

        assertThat(jenkins).hasSizeGreaterThan(10).containsExactlyElementsOf(workflows);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            make drill             | make dril
            sh 'make conformance'  | echo 'nothing'
            stage('Chaos')         | stage('Havoc')
            values 'amd64', 'arm64' | values 'amd64'
            """)
    void aJenkinsfileThatDoesAnythingElseIsFound(String written, String instead) {
        String changed = Checkout.text("Jenkinsfile").replace(written, instead);
        assertThat(changed).isNotEqualTo(Checkout.text("Jenkinsfile"));

        List<Stage> jenkins = comparable(Jenkinsfile.parse(changed).stages());

        assertThat(jenkins).isNotEqualTo(stagesOfBothWorkflows());
    }

    @Test
    void whatIsRunIsThere() {
        List<String> commands = stagesOfBothWorkflows().stream()
                .flatMap(stage -> stage.commands().stream())
                .toList();

        assertThat(commands).isNotEmpty().allSatisfy(command -> {
            String[] words = command.split(" ", -1);
            if (words[0].equals("make")) {
                assertThat(Checkout.text("Makefile")).containsPattern("(?m)^" + words[1] + ":.*## ");
            } else {
                assertThat(Checkout.ROOT.resolve(words[0])).isExecutable();
            }
        });
    }

    @Test
    void eachStepOfAReleaseWaitsForTheOneBefore() {
        JsonNode jobs = Workflow.parse(Checkout.text(RELEASE)).tree().path("jobs");

        List<String> chain = Stream.iterate(
                        "production",
                        jobs::has,
                        id -> jobs.path(id).path("needs").asText())
                .toList();

        assertThat(chain).containsExactly("production", "staging", "dev", "chart", "sign", "images", "verify");
    }

    static List<Path> workflows() {
        return Checkout.workflows();
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void noWorkflowDoesWhatItMayNot(Path file) {
        assertThat(WorkflowRules.findings(Workflow.parse(Checkout.text(file)))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            release.yaml | docker/login-action@5e57cd118135c172c3672efd75eb46360885c0ef # v3.6.0 | docker/login-action@v3             | not pinned
            ci.yaml      | permissions: {}                                                       | permissions: read-all              | gives every job rights
            ci.yaml      | timeout-minutes: 45                                                   | continue-on-error: true            | no timeout
            ci.yaml      | persist-credentials: false                                            | persist-credentials: true          | leaves its token
            ci.yaml      | run: make drill                                                       | run: make drill ${{ github.ref }}  | puts an expression
            ci.yaml      | contents: read                                                        | contents: write                    | has the right contents: write
            ci.yaml      | group: ci-                                                            | group: ci-                         |
            release.yaml | REGISTRY: ghcr.io                                                     | TOKEN: ${{ secrets.TOKEN }}        | shows a secret to every job
            release.yaml | packages: read                                                        | packages: write                    | has the right packages: write
            """)
    void aWorkflowThatDoesWhatItMayNotIsFound(String file, String written, String instead, String finding) {
        String text = Checkout.text(".github/workflows/" + file);
        assertThat(text).contains(written);

        List<String> findings = WorkflowRules.findings(Workflow.parse(text.replace(written, instead)));

        if (finding == null) {
            assertThat(findings).isEmpty();
        } else {
            assertThat(findings)
                    .isNotEmpty()
                    .allSatisfy(line -> assertThat(line).contains(finding));
        }
    }

    @Test
    void theJenkinsfileIsDeclarativeAndDoesNotDoWhatItMayNot() {
        assertThat(DeclarativeRules.findings(Jenkinsfile.parse(Checkout.text("Jenkinsfile"))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            agent none                                    | agnet none                            | does not know agnet
            options { timeout(time: 90, unit: 'MINUTES') } | options { timestamps() }              | has no timeout
            beforeInput true                              | changeset 'x'                         | asks people before
            sh 'make conformance'                         | sh "make conformance ${BRANCH_NAME}"  | Groovy writes into
            parallel {                                    | stages {}; parallel {                 | not exactly one of
            steps {                                       | step {                                | does not know step
            """)
    void aJenkinsfileThatIsNotDeclarativeIsFound(String written, String instead, String finding) {
        String text = Checkout.text("Jenkinsfile");
        assertThat(text).contains(written);

        List<String> findings = DeclarativeRules.findings(Jenkinsfile.parse(text.replace(written, instead)));

        assertThat(findings).anySatisfy(line -> assertThat(line).contains(finding));
    }

    @Test
    void aJenkinsfileThatIsNotGroovyIsRefused() {
        String text = Checkout.text("Jenkinsfile").replace("stage('Sign') {", "stage('Sign' {");

        assertThatThrownBy(() -> Jenkinsfile.parse(text)).isInstanceOf(CompilationFailedException.class);
    }

    private static List<Stage> stagesOfBothWorkflows() {
        List<Stage> stages = new ArrayList<>(Workflow.parse(Checkout.text(CI)).stages());
        stages.addAll(Workflow.parse(Checkout.text(RELEASE)).stages());
        return comparable(stages);
    }

    /** Without the sign-in at the registry, for which GitHub has an action, and what runs at once in one order. */
    private static List<Stage> comparable(List<Stage> stages) {
        return stages.stream()
                .map(stage -> new Stage(
                        stage.name(),
                        stage.commands().stream()
                                .filter(command -> !command.equals("scripts/registry-login"))
                                .toList(),
                        stage.axes(),
                        stage.approved()))
                .sorted(Comparator.comparing(Stage::name))
                .toList();
    }
}
