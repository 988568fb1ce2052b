package org.mcpagentic.agent.model.offline;

import java.util.List;

/** Recognises one kind of question. */
interface Recogniser {

    /**
     * Reads what begins exactly here.
     *
     * @return nothing, with the cursor where it was, if this is something else
     */
    List<Finding> read(Cursor cursor, Context context);

    /**
     * What came before.
     *
     * @param clauseStart whether nothing of this clause was read yet but polite words
     * @param asked whether words such as {@code what is} were just read
     * @param afterFinding whether something was recognised directly before
     * @param insideArithmetic whether a sign stands before this that was not understood; what follows it would not be
     *     understood either, and trying again at each sign would be quadratic
     * @param earlierNumber whether there is an earlier wish whose result is a number
     * @param earlierDate whether there is an earlier wish whose result is a date
     * @param earlierMemory whether there is an earlier wish that changes what is remembered
     */
    record Context(
            boolean clauseStart,
            boolean asked,
            boolean afterFinding,
            boolean insideArithmetic,
            boolean earlierNumber,
            boolean earlierDate,
            boolean earlierMemory) {}
}
