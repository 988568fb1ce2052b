package org.mcpagentic.agent.approval;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import org.mcpagentic.agent.tool.ToolSpec;
import org.mcpagentic.store.TenantId;

/** Says which calls of tools are made, which are not, and which a person has to let be made. */
@FunctionalInterface
public interface CallPolicy {

    /** Lets every call be made. */
    CallPolicy ALLOWING = (tenant, tool, arguments) -> new Verdict.Allow();

    /**
     * What is done with a call that has not begun. Asked again for the arguments that a person gives instead; must not block.
     *
     * @param arguments with which the call would be made; untrusted
     */
    Verdict verdict(TenantId tenant, ToolSpec tool, ObjectNode arguments);

    /** What is done with a call. */
    sealed interface Verdict {

        /** It is made. */
        record Allow() implements Verdict {}

        /**
         * A person decides.
         *
         * @param expiry how long a decision is waited for, more than zero
         */
        record Ask(Duration expiry) implements Verdict {

            public Ask {
                if (!expiry.isPositive()) {
                    throw new IllegalArgumentException("a decision is waited for more than no time");
                }
            }
        }

        /**
         * It is not made, whoever wants it.
         *
         * @param reason what the model reads
         */
        record Deny(String reason) implements Verdict {}
    }
}
