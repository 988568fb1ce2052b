package org.mcpagentic.chaos.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mcpagentic.chaos.check.HandMade.ID;
import static org.mcpagentic.chaos.check.HandMade.LABEL;
import static org.mcpagentic.chaos.check.HandMade.at;
import static org.mcpagentic.chaos.check.HandMade.eventSeen;
import static org.mcpagentic.chaos.check.HandMade.seen;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.mcpagentic.chaos.history.Disturbance.Kind;
import org.mcpagentic.chaos.history.Execution;
import org.mcpagentic.chaos.history.LostWorker;
import org.mcpagentic.chaos.history.Observation;
import org.mcpagentic.chaos.history.StoredKey;

class CheckerTest {

    private final HandMade history = new HandMade();

    @Test
    void findsNothingWhereNothingIsWrong() {
        assertThat(history.violations()).isEmpty();
    }

    private void breaks(Invariant invariant, String how) {
        assertThat(history.violations()).anySatisfy(violation -> {
            assertThat(violation.invariant()).isEqualTo(invariant);
            assertThat(violation.toString()).contains(how);
        });
    }

    @Nested
    class EndsOnceTest {

        @Test
        void missesATaskThatWasAccepted() {
            history.observations.add(
                    new Observation.Accepted(at(1), "L1", "t0-lost", "other", Optional.empty(), false));

            breaks(Invariant.ENDS_ONCE, "t0-lost: was accepted and is not there");
        }

        @Test
        void allowsForTasksThatWerePurged() {
            history.observations.add(
                    new Observation.Accepted(at(1), "L1", "t0-purged", "other", Optional.empty(), false));
            history.counts.merge("p:succeeded", 1L, Long::sum);
            history.counts.merge("succeeded", 1L, Long::sum);
            history.counts.merge("processed", 1L, Long::sum);
            history.counts.merge("numbered", 1L, Long::sum);
            history.statistics.merge("queries_processed", 1L, Long::sum);
            history.statistics.merge("successful_queries", 1L, Long::sum);

            assertThat(history.violations()).isEmpty();
        }

        @Test
        void seesATaskThatNeverEnded() {
            history.status = "running";

            breaks(Invariant.ENDS_ONCE, "has not ended");
        }

        @Test
        void seesTwoFinalEvents() {
            history.event("task.succeeded", 1, 6);

            breaks(Invariant.ENDS_ONCE, "has 2 final events");
        }

        @Test
        void seesAnEndWithoutItsEvent() {
            history.events.removeLast();

            breaks(Invariant.ENDS_ONCE, "has 0 final events");
        }

        @Test
        void seesOneKeyForTwoTasks() {
            history.observations.add(new Observation.Accepted(at(1), LABEL, "t0-two", "key", Optional.empty(), false));

            breaks(Invariant.ENDS_ONCE, "one idempotency key was answered with 2 tasks");
        }

        @Test
        void seesASecondTaskThatNobodyWasToldOf() {
            history.others.put("t0-two", history.task("t0-two", Optional.empty()));

            breaks(Invariant.ENDS_ONCE, "is there 2 times");
        }

        @Test
        void takesARetryForATaskOfItsOwn() {
            history.others.put("t0-two", history.task("t0-two", Optional.of(ID)));

            assertThat(history.violations()).extracting(Violation::invariant).doesNotContain(Invariant.ENDS_ONCE);
        }

        @Test
        void seesAnEndThatIsTakenBack() {
            history.observations.add(seen("running", "done", Map.of()));

            breaks(Invariant.ENDS_ONCE, "was seen succeeded at");
        }

        @Test
        void seesTwoResults() {
            history.observations.add(seen("succeeded", "something else", Map.of()));

            breaks(Invariant.ENDS_ONCE, "was seen with the results");
        }

        @Test
        void seesAnEndThatIsAnotherLater() {
            history.status = "failed";

            breaks(Invariant.ENDS_ONCE, "in the end it is failed");
        }

        @Test
        void seesAStreamThatEndedOtherwise() {
            history.observations.add(eventSeen(8, "task.failed", 1, 5));

            breaks(Invariant.ENDS_ONCE, "its stream ended with failed");
        }
    }

    @Nested
    class StaleChangesNothingTest {

        @Test
        void seesAnEventAfterTheEnd() {
            history.event("step.finished", 3, 6);

            breaks(Invariant.STALE_CHANGES_NOTHING, "came after its end");
        }

        @Test
        void seesAStepThatGotTwoOutcomes() {
            history.events.removeLast();
            history.event("step.finished", 2, 5);
            history.event("task.succeeded", 1, 5);

            breaks(Invariant.STALE_CHANGES_NOTHING, "step 2 got an outcome at");
        }

        @Test
        void seesAnOutcomeThatChanged() {
            history.observations.addFirst(seen("running", "done", Map.of(1, "another turn one")));

            breaks(Invariant.STALE_CHANGES_NOTHING, "step 1 was seen as another turn one");
        }

        @Test
        void seesAnOutcomeThatWentAway() {
            history.steps.remove(1);

            breaks(Invariant.STALE_CHANGES_NOTHING, "in the end it is nothing");
        }

        @Test
        void seesAResultThatIsNotTheJournals() {
            history.lastText = Optional.of("try 2");

            breaks(Invariant.STALE_CHANGES_NOTHING, "the last thing in its journal");
        }
    }

    @Nested
    class CountersAgreeTest {

        @Test
        void seesATaskThatWasCountedTwice() {
            history.counts.put("succeeded", 2L);

            breaks(Invariant.COUNTERS_AGREE, "tasks that ended, kept or purged");
        }

        @Test
        void seesAGaugeThatIsOff() {
            history.counts.put("s:running", -1L);

            breaks(Invariant.COUNTERS_AGREE, "tasks that are running: 0 expected, -1 found");
        }

        @Test
        void seesStatisticsThatAreOff() {
            history.statistics.put("failed_queries", 1L);

            breaks(Invariant.COUNTERS_AGREE, "failed_queries of /stats");
        }

        @Test
        void seesATaskThatVanished() {
            history.counts.put("numbered", 2L);

            breaks(Invariant.COUNTERS_AGREE, "tasks that there ever were");
        }
    }

    @Nested
    class NoResidueTest {

        @Test
        void seesAKeyThatNobodyKnows() {
            history.keys.add(new StoredKey("mystery", -1, List.of()));

            breaks(Invariant.NO_RESIDUE, "mystery: is a key that nobody knows of");
        }

        @Test
        void seesAJournalWithoutItsTask() {
            history.keys.add(new StoredKey("journal:t0-gone", -1, List.of()));

            breaks(Invariant.NO_RESIDUE, "journal:t0-gone: belongs to no task");
        }

        @Test
        void seesAnIndexThatListsNoTask() {
            history.keys.add(new StoredKey("index:other", -1, List.of(ID, "t0-gone")));

            breaks(Invariant.NO_RESIDUE, "[t0-gone]");
        }

        @Test
        void seesWhatIsStillHeld() {
            history.keys.add(new StoredKey("held:w0", -1, List.of(ID)));

            breaks(Invariant.NO_RESIDUE, "held:w0: is left behind");
        }

        @Test
        void seesTheLeaseOfADeadWorker() {
            history.keys.add(new StoredKey("workers", -1, List.of("w7")));

            breaks(Invariant.NO_RESIDUE, "[w7]");
        }

        @Test
        void seesAKeyThatNeverExpires() {
            history.keys.add(new StoredKey("session:default:s", -1, List.of()));

            breaks(Invariant.NO_RESIDUE, "session:default:s: never expires");
        }
    }

    @Nested
    class NoStepTwiceTest {

        @Test
        void seesATurnThatIsAskedForAgain() {
            history.call(0, 1, 5);

            breaks(Invariant.NO_STEP_TWICE, "asked for turn 0");
        }

        @Test
        void allowsATurnThatWasUnderWayWhenItsWorkerDied() {
            history.calls.clear();
            history.call(0, 0, 2);
            history.call(0, 1, 3);
            history.call(1, 1, 4);

            assertThat(history.violations()).isEmpty();
        }

        @Test
        void allowsALateTurnOfAWorkerThatWasPaused() {
            history.call(0, 1, 5);
            history.disturb(Kind.PAUSE, 1, 1, 4);

            assertThat(history.violations()).isEmpty();
        }

        @Test
        void doesNotTakeAKilledWorkerForALateOne() {
            history.call(0, 1, 5);
            history.disturb(Kind.KILL, 1, 1, 4);

            breaks(Invariant.NO_STEP_TWICE, "asked for turn 0");
        }

        @Test
        void seesACallThatMustNotHappenTwice() {
            history.executions.add(new Execution(ID + ".2", Execution.APPEND, LABEL + ".1", 1, at(4)));

            breaks(Invariant.NO_STEP_TWICE, "was executed 2 times where 1 were allowed");
        }

        @Test
        void allowsARepetitionThatAClientAskedFor() {
            history.executions.add(new Execution(ID + ".2", Execution.APPEND, LABEL + ".1", 1, at(4)));
            history.observations.add(new Observation.Resolving(at(3), LABEL, ID, 2, "repeat"));

            assertThat(history.violations()).isEmpty();
        }

        @Test
        void seesAnIdempotentCallAfterItsOutcome() {
            history.executions.add(new Execution(ID + ".1", "ledger_put", LABEL + ".0", 1, at(4)));

            breaks(Invariant.NO_STEP_TWICE, "whose outcome was journaled");
        }

        @Test
        void seesOneCallUnderTwoKeys() {
            history.executions.add(new Execution(ID + ".3", "ledger_put", LABEL + ".1", 1, at(4)));

            breaks(Invariant.NO_STEP_TWICE, "under 2 keys");
        }
    }

    @Nested
    class EventsInOrderTest {

        @Test
        void seesAMoveThatThereIsNot() {
            history.eventsAnew();
            history.event("task.created", 0, 0);
            history.event("task.running", 1, 1);

            breaks(Invariant.EVENTS_IN_ORDER, "running came after created");
        }

        @Test
        void seesAStepThatFinishedWithoutAStart() {
            history.events.remove(3);

            breaks(Invariant.EVENTS_IN_ORDER, "the step had not started");
        }

        @Test
        void seesAStepThatStartedAfterItsFinish() {
            history.events.removeLast();
            history.event("step.started", 1, 5);
            history.event("task.succeeded", 1, 5);

            breaks(Invariant.EVENTS_IN_ORDER, "and the step was finished");
        }

        @Test
        void seesAnAttemptThatIsSkipped() {
            history.eventsAnew();
            history.event("task.created", 0, 0);
            history.event("task.queued", 0, 1);
            history.event("task.running", 2, 2);

            breaks(Invariant.EVENTS_IN_ORDER, "attempt 2 came after attempt 0");
        }

        @Test
        void seesAnOutcomeThatNoEventTellsOf() {
            history.outcomes.put(3, at(5));

            breaks(Invariant.EVENTS_IN_ORDER, "its events tell of");
        }

        @Test
        void seesAGapInAStream() {
            history.observations.add(eventSeen(1, "task.created", 0, 0));
            history.observations.add(eventSeen(3, "task.running", 1, 2));

            breaks(Invariant.EVENTS_IN_ORDER, "went from event 1 to 3");
        }

        @Test
        void seesAStreamThatTellsOtherwise() {
            history.observations.add(eventSeen(1, "task.queued", 0, 0));

            breaks(Invariant.EVENTS_IN_ORDER, "stored is task.created");
        }
    }

    @Nested
    class OutboxCompleteTest {

        @Test
        void missesAnEntry() {
            history.outbox.removeLast();

            breaks(Invariant.OUTBOX_COMPLETE, "tells 0 times that it was succeeded");
        }

        @Test
        void seesAnEntryTwice() {
            history.outbox.add("task.created " + ID);

            breaks(Invariant.OUTBOX_COMPLETE, "tells 2 times that it was created");
        }

        @Test
        void seesAnotherEnd() {
            history.outbox.add("task.failed " + ID);

            breaks(Invariant.OUTBOX_COMPLETE, "tells 1 times that it was failed");
        }

        @Test
        void saysNothingWhereEntriesWereTrimmed() {
            history.outbox.clear();
            history.outboxLost = 2;

            assertThat(history.violations()).isEmpty();
        }
    }

    @Nested
    class WorkGoesOnTest {

        @Test
        void seesATaskThatLayStillTooLong() {
            takenOver(12);
            history.disturb(Kind.KILL, 0, 3, 30);
            history.lost.add(new LostWorker(0, at(3), Map.of(ID, 1)));

            breaks(Invariant.WORK_GOES_ON, "went on 9.0 s after replica 0 was killed");
        }

        @Test
        void allowsForAnotherFaultInTheWay() {
            takenOver(12);
            history.disturb(Kind.KILL, 0, 3, 30);
            history.disturb(Kind.PAUSE, 1, 4, 11);
            history.lost.add(new LostWorker(0, at(3), Map.of(ID, 1)));

            assertThat(history.violations()).extracting(Violation::invariant).doesNotContain(Invariant.WORK_GOES_ON);
        }

        @Test
        void seesATheft() {
            takenOver(4);

            breaks(Invariant.WORK_GOES_ON, "attempt 1 was taken away");
        }

        @Test
        void doesNotTakeTheFaultOfAnotherReplicaForAnExcuse() {
            takenOver(4);
            history.disturb(Kind.PAUSE, 1, 1, 3);

            breaks(Invariant.WORK_GOES_ON, "from replica 0, which nothing had happened to");
        }

        private void takenOver(long second) {
            history.eventsAnew();
            history.event("task.created", 0, 0);
            history.event("task.queued", 0, 1);
            history.event("task.running", 1, 2);
            history.event("task.queued", 1, second);
            history.event("task.running", 2, second);
            history.event("task.succeeded", 2, second + 1);
        }
    }

    @Nested
    class ClientsAreServedTest {

        @Test
        void seesARefusalThatIsNotInTheContract() {
            history.observations.add(new Observation.Refused(at(3), LABEL, ID, "GET /task/" + ID, 404, "not_found"));

            breaks(Invariant.CLIENTS_ARE_SERVED, "was answered 404");
        }

        @Test
        void allowsAConflict() {
            history.observations.add(
                    new Observation.Refused(at(3), LABEL, ID, "POST /task/" + ID + "/run", 409, "task_cancelled"));

            assertThat(history.violations()).isEmpty();
        }
    }
}
