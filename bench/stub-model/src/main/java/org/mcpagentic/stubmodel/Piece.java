package org.mcpagentic.stubmodel;

/** What one chunk of a stream carries. */
sealed interface Piece {
    record Thought(String text) implements Piece {}

    record Text(String text) implements Piece {}

    /** @param index the place among the calls of the turn */
    record Calling(int index, Call call) implements Piece {}
}
