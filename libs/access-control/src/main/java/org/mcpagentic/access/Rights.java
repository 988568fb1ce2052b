package org.mcpagentic.access;

import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a caller may do. */
public record Rights(SortedSet<Scope> scopes) {

    /** Nothing. */
    public static final Rights NONE = new Rights(new TreeSet<>());

    /** Everything there is. */
    public static final Rights ALL = of(
            Scope.TASKS_READ,
            Scope.TASKS_WRITE,
            Scope.APPROVALS_DECIDE,
            Scope.ASK,
            Scope.STATISTICS_READ,
            Scope.ALL_TOOLS,
            Scope.METRICS_READ,
            Scope.AUDIT_READ,
            Scope.ADMIN,
            Scope.PLATFORM);

    public Rights {
        scopes = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(scopes));
    }

    public static Rights of(Scope... scopes) {
        return new Rights(new TreeSet<>(List.of(scopes)));
    }

    /**
     * Reads scopes between blanks.
     *
     * @throws IllegalArgumentException if one of them does not exist
     */
    public static Rights parse(String text) {
        return new Rights(Arrays.stream(text.strip().split("\\s+", -1))
                .filter(word -> !word.isEmpty())
                .map(Scope::new)
                .collect(Collectors.toCollection(TreeSet::new)));
    }

    public boolean allow(Scope scope) {
        return scopes.contains(scope);
    }

    /** Whether tasks may use a tool of that name; a name that no tool can have is not allowed. */
    public boolean allowTool(String name) {
        return scopes.contains(Scope.ALL_TOOLS)
                || scopes.stream().anyMatch(scope -> scope.value().equals("tools:" + name));
    }

    /** The scopes with blanks between them, in order. */
    @Override
    public String toString() {
        return scopes.stream().map(Scope::value).collect(Collectors.joining(" "));
    }
}
