package org.mcpagentic.pipelines;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What a workflow may not do, beyond what actionlint knows. */
final class WorkflowRules {
    private static final Pattern USES = Pattern.compile("(?m)^ *(?:- )?uses: (?!\\./)(.*)$");
    private static final Pattern PINNED = Pattern.compile("[\\w.-]+/[\\w./-]+@[0-9a-f]{40} # v\\d+\\.\\d+\\.\\d+");
    private static final int LONGEST_MINUTES = 120;

    /** Rights beyond reading the sources, and the jobs that need them. */
    private static final Map<String, Set<String>> RIGHTS = Map.of(
            "packages: write", Set.of("images", "sign", "chart"),
            "packages: read", Set.of("dev", "staging", "production"),
            "id-token: write", Set.of("sign", "chart"),
            "contents: read", Set.of());

    private WorkflowRules() {}

    /** One line for each finding, none where all is well. */
    static List<String> findings(Workflow workflow) {
        List<String> findings = new ArrayList<>();
        USES.matcher(workflow.text())
                .results()
                .map(use -> use.group(1).strip())
                .filter(use -> !PINNED.matcher(use).matches())
                .forEach(use -> findings.add("not pinned by a commit with its version beside it: " + use));
        if (!workflow.tree().path("permissions").isObject()
                || !workflow.tree().path("permissions").isEmpty()) {
            findings.add("gives every job rights: permissions of the workflow have to be {}");
        }
        if (!workflow.tree().has("concurrency")) {
            findings.add("has no concurrency group");
        }
        if (workflow.tree().path("env").toString().contains("secrets.")) {
            findings.add("shows a secret to every job");
        }
        workflow.jobs().forEach((id, job) -> judge(id, job, findings));
        return findings;
    }

    private static void judge(String id, JsonNode job, List<String> findings) {
        int minutes = job.path("timeout-minutes").asInt(0);
        if (minutes < 1 || minutes > LONGEST_MINUTES) {
            findings.add(id + " has no timeout of up to " + LONGEST_MINUTES + " minutes");
        }
        if (!job.has("permissions")) {
            findings.add(id + " does not say which rights it needs");
        }
        job.path("permissions").properties().forEach(right -> {
            String text = right.getKey() + ": " + right.getValue().asText();
            if (!text.equals("contents: read")
                    && !RIGHTS.getOrDefault(text, Set.of()).contains(id)) {
                findings.add(id + " has the right " + text);
            }
        });
        if (job.path("env").toString().contains("secrets.")) {
            findings.add(id + " shows a secret to each of its steps");
        }
        Workflow.steps(job).forEach(step -> {
            if (step.path("uses").asText().startsWith("actions/checkout@")
                    && step.at("/with/persist-credentials").asBoolean(true)) {
                findings.add(id + " leaves its token in the checkout");
            }
            if (step.path("run").asText().contains("${{")) {
                findings.add(id + " puts an expression into a shell's text: " + step.get("run"));
            }
        });
    }
}
