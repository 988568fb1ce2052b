package org.mcpagentic.chaos.check;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.mcpagentic.chaos.history.Evidence;
import org.mcpagentic.chaos.history.StoredKey;

/** {@link Invariant#NO_RESIDUE}. */
public final class NoResidue implements Check {

    /** Keys that stay. */
    private static final Pattern LASTING =
            Pattern.compile("shard|tenants|outbox|workers|remoteservers|remoteversion|remotepins:[^:]+"
                    + "|audit|auditstate|auditsealed|auditcheckpoints|counts:[^:]+"
                    + "|(index|done|dead):[^:]+|(task|journal|events|approval):[^:]+|approvals:[^:]+");

    /** Keys that stay for a while; each has to expire. */
    private static final Pattern PASSING = Pattern.compile(
            "session:[^:]+:[^:]+|sessions:[^:]+|idem:[^:]+:.+|claims:[^:]+|guard:.+" + "|auditlease|auditnonce:[^:]+"
                    + "|mcp(session|watched|mail):[^:]+|mcp(sessions|cancelled):[^:]+:[^:]+");

    /** Keys that are there only while tasks are under way. */
    private static final Pattern UNDER_WAY = Pattern.compile(
            "ready:[^:]+:[^:]+|ring:[^:]+|pending:[^:]+|approvaldue|due|deadlines|timeouts|held:[^:]+|cancels:[^:]+");

    @Override
    public List<Violation> violations(Evidence evidence) {
        return violations(evidence.keys(), evidence.tasks().keySet(), evidence.workers());
    }

    /** @param workers those that run */
    public static List<Violation> violations(List<StoredKey> keys, Set<String> tasks, List<String> workers) {
        Findings findings = new Findings(Invariant.NO_RESIDUE);
        for (StoredKey key : keys) {
            String name = key.name();
            if (UNDER_WAY.matcher(name).matches()) {
                findings.add(name, "is left behind although nothing is under way: %s", key.members());
            } else if (PASSING.matcher(name).matches()) {
                if (key.seconds() < 0) {
                    findings.add(name, "never expires");
                }
            } else if (!LASTING.matcher(name).matches()) {
                findings.add(name, "is a key that nobody knows of");
            } else {
                belongs(key, tasks, workers, findings);
            }
        }
        return findings.violations();
    }

    private static void belongs(StoredKey key, Set<String> tasks, List<String> workers, Findings findings) {
        int colon = key.name().indexOf(':');
        String kind = colon < 0 ? key.name() : key.name().substring(0, colon);
        String owner = key.name().substring(colon + 1);
        switch (kind) {
            case "journal", "events" -> {
                if (!tasks.contains(owner)) {
                    findings.add(key.name(), "belongs to no task");
                }
            }
            case "dead" -> {
                TreeSet<String> strangers = new TreeSet<>(key.members());
                strangers.removeAll(tasks);
                if (!strangers.isEmpty()) {
                    findings.add(key.name(), "lists tasks that there are not: %s", strangers);
                }
            }
            // why both: nothing is under way any more, so all there are have ended
            case "index", "done" -> {
                TreeSet<String> strangers = new TreeSet<>(key.members());
                strangers.removeAll(tasks);
                TreeSet<String> unlisted = new TreeSet<>(tasks);
                key.members().forEach(unlisted::remove);
                if (!strangers.isEmpty() || !unlisted.isEmpty()) {
                    findings.add(key.name(), "lists tasks that there are not: %s, and not: %s", strangers, unlisted);
                }
            }
            case "workers" -> {
                TreeSet<String> dead = new TreeSet<>(key.members());
                workers.forEach(dead::remove);
                if (!dead.isEmpty()) {
                    findings.add(key.name(), "holds leases of workers that do not run: %s", dead);
                }
            }
            default -> {
                // why nothing: the others belong to the shard or to a tenant
            }
        }
    }
}
