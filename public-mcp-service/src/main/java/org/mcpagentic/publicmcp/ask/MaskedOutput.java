package org.mcpagentic.publicmcp.ask;

import jakarta.inject.Singleton;
import org.mcpagentic.access.mask.MaskedStream;
import org.mcpagentic.access.mask.SecretMask;
import org.mcpagentic.agent.mask.OutputFilter;

/** Takes secrets out of what models say. */
@Singleton
class MaskedOutput implements OutputFilter {

    private final SecretMask mask;

    MaskedOutput(SecretMask mask) {
        this.mask = mask;
    }

    @Override
    public String whole(String text) {
        return mask.mask(text);
    }

    @Override
    public Pieces pieces() {
        return new MaskedPieces(mask.stream());
    }

    private record MaskedPieces(MaskedStream stream) implements Pieces {

        @Override
        public String take(String piece) {
            return stream.take(piece);
        }

        @Override
        public String end() {
            return stream.end();
        }
    }
}
