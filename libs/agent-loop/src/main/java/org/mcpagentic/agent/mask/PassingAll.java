package org.mcpagentic.agent.mask;

/** Leaves everything as it is. */
final class PassingAll implements OutputFilter {

    private static final Pieces PIECES = new AllPieces();

    @Override
    public String whole(String text) {
        return text;
    }

    @Override
    public Pieces pieces() {
        return PIECES;
    }

    private static final class AllPieces implements Pieces {

        @Override
        public String take(String piece) {
            return piece;
        }

        @Override
        public String end() {
            return "";
        }
    }
}
