package org.mcpagentic.custommcp.tools.csv;

import java.util.List;
import java.util.Optional;
import org.mcpagentic.agent.tool.ToolFailure;

/**
 * What is to be found out.
 *
 * @param delimiter what separates cells; found out where empty
 * @param header whether the first row names the columns
 * @param decimalComma whether 1,5 is a number and 1.5 is none
 * @param columns the columns to describe, all where empty
 * @param groupBy the column whose values form groups
 * @param aggregate the columns whose numbers are summed up for each group
 * @param quantiles from 0 to 1, in the order of the answer
 */
public record Query(
        Optional<Character> delimiter,
        Header header,
        boolean decimalComma,
        List<String> columns,
        Optional<String> groupBy,
        List<String> aggregate,
        List<Double> quantiles) {

    public static final List<Double> QUARTILES = List.of(0.25, 0.5, 0.75);

    /** Whether the first row names the columns. */
    public enum Header {
        /** To be found out. */
        AUTO,
        FIRST_ROW,
        NONE
    }

    /** @throws ToolFailure where there is something to aggregate, but no groups */
    public Query {
        columns = List.copyOf(columns);
        aggregate = List.copyOf(aggregate);
        quantiles = List.copyOf(quantiles);
        if (groupBy.isEmpty() && !aggregate.isEmpty()) {
            throw new ToolFailure("the argument \"aggregate\" is for groups; name a column in \"group_by\"");
        }
    }
}
