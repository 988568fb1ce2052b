package org.mcpagentic.agent.filtered;

import org.mcpagentic.agent.mask.OutputFilter;

/** Hides one word. As a stream it says nothing before the end. */
public record Hiding(String secret) implements OutputFilter {

    public static final String HIDDEN = "[hidden]";

    @Override
    public String whole(String text) {
        return text.replace(secret, HIDDEN);
    }

    @Override
    public Pieces pieces() {
        StringBuilder all = new StringBuilder();
        return new Pieces() {
            @Override
            public String take(String piece) {
                all.append(piece);
                return "";
            }

            @Override
            public String end() {
                return whole(all.toString());
            }
        };
    }
}
