package org.mcpagentic.chaos.cluster;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A promise of the store that is broken on purpose, by a change to its scripts, so that it is seen that somebody notices. */
public enum Sabotage {
    /** Writes of a worker whose claim is no longer the task's are taken. */
    TOKEN_CHECK(
            new Change("advance.lua", "known\\[1\\] ~= token", "false"),
            // why too: what a stale worker writes would mostly be taken for a repeat of what its successor wrote
            new Change("advance.lua", "batch.number <= tonumber\\(known\\[5\\]\\)", "false"),
            new Change("end.lua", "known\\[1\\] ~= token", "false")),
    /** What is about to be done is not written down. */
    INTENT(new Change("parts/journal.lua", "(local function note_intents\\([^)]*\\))", "$1\n  do return end")),
    /** Nobody takes over what dead workers held. */
    RECLAIM(new Change("tick.lua", "('ZRANGEBYSCORE', @\\{workers\\}, '-inf', )now", "$10")),
    /** Subscribers are told nothing. */
    OUTBOX(new Change("parts/outbox.lua", "(local function publish\\([^)]*\\))", "$1\n  do return end"));

    // why: List.of cannot be changed, which its type does not say
    @SuppressWarnings("ImmutableEnumChecker")
    private final List<Change> changes;

    Sabotage(Change... changes) {
        this.changes = List.of(changes);
    }

    List<Change> changes() {
        return changes;
    }

    /**
     * One change to a script.
     *
     * @param script its path below the scripts' folder
     * @param what a regular expression of what is replaced
     * @param by what it becomes, with groups as {@code $1}
     */
    record Change(String script, String what, String by) {

        /** @throws IllegalStateException where there is nothing to replace, for then nothing would be broken */
        String in(String text) {
            Matcher matcher = Pattern.compile(what).matcher(text);
            if (!matcher.find()) {
                throw new IllegalStateException(
                        script + " has nothing that looks like " + what + "; what is to be broken there has changed");
            }
            return matcher.replaceAll(by);
        }
    }
}
