package org.mcpagentic.stubmodel;

/** A content cut into pieces. Holds the cuts, not the pieces, since thousands of streams are open at once. */
final class Pieces {
    private final Content content;
    private final int[] thoughtEnds;
    private final int[] textEnds;

    Pieces(Content content, int chunks) {
        this.content = content;
        this.thoughtEnds = Cuts.words(content.thinking());
        this.textEnds = chunks == 0 ? Cuts.words(content.text()) : Cuts.equal(content.text(), chunks);
    }

    int count() {
        return thoughtEnds.length + textEnds.length + content.calls().size();
    }

    Piece piece(int index) {
        if (index < thoughtEnds.length) {
            return new Piece.Thought(slice(content.thinking(), thoughtEnds, index));
        }
        int text = index - thoughtEnds.length;
        if (text < textEnds.length) {
            return new Piece.Text(slice(content.text(), textEnds, text));
        }
        int call = text - textEnds.length;
        return new Piece.Calling(call, content.calls().get(call));
    }

    private static String slice(String text, int[] ends, int index) {
        return text.substring(index == 0 ? 0 : ends[index - 1], ends[index]);
    }
}
