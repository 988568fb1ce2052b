package org.mcpagentic.stubmodel;

/** Ids of responses and calls: the same for the same conversation, so that nothing is to be remembered. */
final class Ids {
    private Ids() {}

    static String of(String prefix, ModelRequest request, int index) {
        int asked = (request.input() + request.toolResults().size()).hashCode();
        return "%s_%08x_%d_%d".formatted(prefix, asked, request.turn(), index);
    }
}
