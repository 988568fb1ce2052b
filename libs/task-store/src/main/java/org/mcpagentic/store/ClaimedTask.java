package org.mcpagentic.store;

import java.time.Duration;
import java.util.Optional;

/**
 * A task that a worker got.
 *
 * @param hasJournal whether there are steps already, of an earlier attempt or of the task that this one repeats
 * @param elapsed since it was first claimed, by Redis' clock, without the time that it waited for a person
 * @param left until its deadline, by Redis' clock; nothing where it has none
 */
public record ClaimedTask(Claim claim, TaskSpec spec, boolean hasJournal, Duration elapsed, Optional<Duration> left) {}
