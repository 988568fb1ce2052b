package org.mcpagentic.chaos;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.mcpagentic.chaos.check.Checker;
import org.mcpagentic.chaos.check.Violation;
import org.mcpagentic.chaos.cluster.ReplicaPackage;
import org.mcpagentic.chaos.history.Evidence;
import org.mcpagentic.chaos.plan.Plan;

/**
 * Runs from a checkout: {@code chaos SEED MINUTES REPLICAS} or {@code recovery TIMES MINUTES}. Prints figures, and what is violated; the exit code is 1 where
 * something is.
 */
public final class Main {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private Main() {}

    public static void main(String[] arguments) throws Exception {
        List<String> words = List.of(arguments);
        String what = words.isEmpty() ? "" : words.getFirst();
        boolean ok = switch (what) {
            case "chaos" -> chaos(Long.parseLong(words.get(1)), minutes(words.get(2)), Integer.parseInt(words.get(3)));
            case "recovery" ->
                new Recovery(Path.of("").toAbsolutePath())
                        .measure(Integer.parseInt(words.get(1)), minutes(words.get(2)));
            default -> {
                System.err.println("say chaos SEED MINUTES REPLICAS or recovery TIMES MINUTES");
                yield false;
            }
        };
        System.exit(ok ? 0 : 1);
    }

    private static Duration minutes(String text) {
        return Duration.ofMillis(Math.round(Double.parseDouble(text) * 60_000));
    }

    private static boolean chaos(long seed, Duration length, int replicas) throws Exception {
        Path checkout = Path.of("").toAbsolutePath();
        Path folder = checkout.resolve("target/chaos/" + seed);
        Plan plan = Plan.of(seed, length, replicas);
        System.out.printf(
                "seed %d: %d tasks and %d faults in %.1f minutes on %d replicas%n%s",
                seed, plan.lives().size(), plan.faults().size(), length.toMillis() / 60e3, replicas, plan.text());
        List<Violation> violations;
        try (Run run = Run.start(checkout, ReplicaPackage.built(checkout), replicas, folder)) {
            System.out.println("started");
            run.play(plan);
            Evidence evidence = run.evidence(PATIENCE);
            violations = Checker.violations(evidence);
            Report.print(evidence, violations, System.out);
        }
        if (!violations.isEmpty()) {
            Files.write(
                    folder.resolve("violations.txt"),
                    violations.stream().map(Violation::toString).toList());
            System.out.printf(
                    "all of it: %s%nagain: make chaos SEED=%d MINUTES=%s REPLICAS=%d%n",
                    folder, seed, length.toMillis() / 60e3, replicas);
        }
        return violations.isEmpty();
    }
}
