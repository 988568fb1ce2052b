package org.mcpagentic.agent.model.offline;

/**
 * What was read of a calculation, as an expression for the calculator.
 *
 * @param text the expression; {@value #EARLIER} stands for an earlier result
 * @param operation whether there is something to calculate, more than a number alone
 * @param spoken whether it was said in words that mean a calculation and nothing else
 */
record Formula(String text, boolean operation, boolean spoken) {

    static final String EARLIER = "ans";

    /** The longest expression that the calculator reads. */
    static final int MAX_CHARS = 1_000;

    static Formula plain(String text) {
        return new Formula(text, false, false);
    }

    static Formula spoken(String text) {
        return new Formula(text, true, true);
    }

    Formula then(String operator, Formula right, boolean spokenOperator) {
        // why: what is too long is refused anyway, and copying it on and on would be quadratic
        String joined = tooLong() ? text : text + operator + right.text;
        return new Formula(joined, true, spoken || right.spoken || spokenOperator);
    }

    Formula wrapped(String before, String after) {
        return new Formula(tooLong() ? text : before + text + after, operation, spoken);
    }

    boolean continues() {
        return text.contains(EARLIER);
    }

    boolean tooLong() {
        return text.length() > MAX_CHARS;
    }
}
