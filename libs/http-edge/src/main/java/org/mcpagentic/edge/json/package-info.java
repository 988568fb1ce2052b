/** JSON as the contract has it: strict to read, snake_case, times in milliseconds, durations in seconds. */
@NullMarked
package org.mcpagentic.edge.json;

import org.jspecify.annotations.NullMarked;
