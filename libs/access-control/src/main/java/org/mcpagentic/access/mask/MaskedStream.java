package org.mcpagentic.access.mask;

/**
 * Masks a text that comes in pieces. What it hands out, put together, is what {@link SecretMask#mask} makes of the whole,
 * however the text was cut. For one text and one thread at a time.
 */
public final class MaskedStream {

    private final Pass literals;
    private final Pass forms;

    MaskedStream(Finders literals, Finders forms) {
        this.literals = new Pass(literals);
        this.forms = new Pass(forms);
    }

    /**
     * Takes a piece, of any length.
     *
     * @return what is safe to hand out by now, possibly nothing; what may become a secret is held back, never more than
     *     {@link SecretMask#mostHeldBack()} characters
     */
    public String take(String piece) {
        return forms.take(literals.take(piece));
    }

    /** The text has ended: returns what was held back. Nothing is taken behind that. */
    public String end() {
        return forms.take(literals.end()) + forms.end();
    }

    /** Characters that wait for what follows. */
    int heldBack() {
        return literals.heldBack() + forms.heldBack();
    }

    /** How many characters were looked at so far, repetitions included. */
    long looks() {
        return literals.looks() + forms.looks();
    }
}
