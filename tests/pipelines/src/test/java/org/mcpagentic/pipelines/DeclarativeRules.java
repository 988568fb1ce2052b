package org.mcpagentic.pipelines;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What Declarative Pipeline takes, as far as this Jenkinsfile goes, and what it may not do here.
 *
 * <p>Source: the Pipeline Syntax page of Jenkins' handbook.
 */
final class DeclarativeRules {
    private static final Set<String> OF_PIPELINE =
            Set.of("agent", "environment", "options", "parameters", "post", "stages", "tools", "triggers");
    private static final Set<String> OF_STAGE = Set.of(
            "agent",
            "environment",
            "failFast",
            "input",
            "matrix",
            "options",
            "parallel",
            "post",
            "stages",
            "steps",
            "tools",
            "when");
    private static final Set<String> OF_MATRIX =
            Set.of("agent", "axes", "environment", "excludes", "input", "options", "post", "stages", "tools", "when");
    private static final List<String> WORK = List.of("steps", "stages", "parallel", "matrix");

    private DeclarativeRules() {}

    /** One line for each finding, none where all is well. */
    static List<String> findings(Jenkinsfile file) {
        List<String> findings = new ArrayList<>();
        Block pipeline = file.pipeline();
        unknown(pipeline, OF_PIPELINE, findings);
        Stream.of("agent", "stages")
                .filter(needed -> pipeline.child(needed).isEmpty())
                .forEach(needed -> findings.add("the pipeline has no " + needed));
        pipeline.all("matrix").forEach(matrix -> unknown(matrix, OF_MATRIX, findings));
        pipeline.all("stage").forEach(stage -> judge(stage, findings));
        Stream.of("parallel", "matrix")
                .flatMap(pipeline::all)
                .filter(block -> Stream.of("parallel", "matrix")
                        .flatMap(block::all)
                        .findAny()
                        .isPresent())
                .forEach(block -> findings.add("a parallel or matrix is inside of a " + block.name()));
        timeouts(pipeline, findings);
        secrets(pipeline, findings);
        return findings;
    }

    private static void judge(Block stage, List<String> findings) {
        unknown(stage, OF_STAGE, findings);
        if (WORK.stream().filter(work -> stage.child(work).isPresent()).count() != 1) {
            findings.add(stage.arguments() + " has not exactly one of " + WORK);
        }
        if (stage.child("input").isPresent()
                && stage.child("when")
                        .flatMap(when -> when.child("beforeInput"))
                        .isEmpty()) {
            findings.add(stage.arguments() + " asks people before it knows whether it runs");
        }
        if (stage.child("when").isPresent()
                && stage.child("agent").isPresent()
                && stage.child("when")
                        .flatMap(when -> when.child("beforeAgent"))
                        .isEmpty()) {
            findings.add(stage.arguments() + " takes an agent before it knows whether it runs");
        }
    }

    private static void unknown(Block block, Set<String> known, List<String> findings) {
        block.children().stream()
                .map(Block::name)
                .filter(name -> !known.contains(name))
                .forEach(
                        name -> findings.add("%s%s does not know %s".formatted(block.name(), block.arguments(), name)));
    }

    /** Whatever has an agent has a timeout. */
    private static void timeouts(Block pipeline, List<String> findings) {
        Stream.of("stage", "matrix")
                .flatMap(pipeline::all)
                .filter(block -> block.child("agent").isPresent())
                .filter(block -> block.child("options")
                        .flatMap(options -> options.child("timeout"))
                        .isEmpty())
                .forEach(block -> findings.add(block.arguments() + " has no timeout"));
    }

    /** Secrets are known by their environment alone: what Groovy puts into a command's text is in the log and the process list. */
    private static void secrets(Block pipeline, List<String> findings) {
        pipeline.all("sh")
                .map(step -> step.arguments().getFirst())
                .filter(command -> command.startsWith("\"") || command.contains("set -x"))
                .forEach(command -> findings.add("Groovy writes into a shell's text: " + command));
    }
}
