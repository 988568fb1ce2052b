package org.mcpagentic.agent.model.offline;

/** A result that a later wish may go on with. */
sealed interface Value {

    /** Which kind a wish's result is, known before the result is. */
    enum Kind {
        NUMBER,
        DAY,
        MEMORY,
        NONE
    }

    /**
     * @param exact for a calculation, such as {@code 1/3}
     * @param shown for a person, such as {@code 0.333333}
     */
    record Amount(String exact, String shown) implements Value {}

    /** @param iso such as {@code 2027-03-01} */
    record Day(String iso) implements Value {}

    /** What is remembered has changed; what is recalled later has to wait for that. */
    record Noted() implements Value {}
}
