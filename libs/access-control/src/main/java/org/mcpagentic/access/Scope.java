package org.mcpagentic.access;

import java.util.regex.Pattern;

/**
 * Something that a caller may be allowed to do. None of them implies another.
 *
 * @param value one of the constants' values, or {@code tools:NAME} for the use of one tool in tasks
 */
public record Scope(String value) implements Comparable<Scope> {

    // why first: the constants below are checked by it
    private static final Pattern VALID =
            Pattern.compile("tasks:read|tasks:write|approvals:decide|ask|statistics:read|metrics:read|audit:read"
                    + "|admin|platform|tools:(?:\\*|[A-Za-z0-9_.-]{1,128})");

    /** To see tasks, their steps and events. */
    public static final Scope TASKS_READ = new Scope("tasks:read");

    /** To create, run, cancel, repeat and decide on tasks. */
    public static final Scope TASKS_WRITE = new Scope("tasks:write");

    /** To let calls of tools be made that wait for a person, or not. */
    public static final Scope APPROVALS_DECIDE = new Scope("approvals:decide");

    /** To ask questions, and to see what was answered. */
    public static final Scope ASK = new Scope("ask");

    /** To see statistics, models and tools. */
    public static final Scope STATISTICS_READ = new Scope("statistics:read");

    /** To let tasks use any tool. */
    public static final Scope ALL_TOOLS = new Scope("tools:*");

    /** To see the service's metrics, where they are not open. */
    public static final Scope METRICS_READ = new Scope("metrics:read");

    /** To read the tenant's audit trail. */
    public static final Scope AUDIT_READ = new Scope("audit:read");

    /** To make and revoke keys, and to end sessions, of the own tenant. */
    public static final Scope ADMIN = new Scope("admin");

    /** To do so for any tenant, and to make tenants. */
    public static final Scope PLATFORM = new Scope("platform");

    public Scope {
        if (!VALID.matcher(value).matches()) {
            throw new IllegalArgumentException("there is no such scope");
        }
    }

    /** To let tasks use one tool. */
    public static Scope tool(String name) {
        return new Scope("tools:" + name);
    }

    @Override
    public int compareTo(Scope other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
