package org.mcpagentic.chaos.history;

import java.time.Instant;

/**
 * A request that the model got.
 *
 * @param label of the task's script
 * @param turn how many turns of the model it carried: the number, from 0, of the one it asks for
 * @param status what was answered; 0 where nothing was, yet
 * @param abandoned whether the replica closed the connection before the answer's end
 */
public record ModelCall(String label, int turn, int replica, Instant at, int status, boolean abandoned) {}
