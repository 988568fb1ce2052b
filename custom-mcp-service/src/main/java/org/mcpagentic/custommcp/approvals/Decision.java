package org.mcpagentic.custommcp.approvals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** What a caller says to a request for approval. */
public sealed interface Decision {

    /**
     * The call is made as it was asked for.
     *
     * @param digest of the arguments that the caller saw; nothing where the id stands for them, whose arguments never change
     */
    record Approve(Optional<String> digest) implements Decision {}

    /**
     * The call is made with other arguments.
     *
     * @param arguments untrusted; held against the tool's schema
     * @param revision of the approval that the caller saw
     */
    record Edit(ObjectNode arguments, long revision) implements Decision {

        public Edit {
            arguments = arguments.deepCopy();
        }
    }

    /**
     * The call is not made.
     *
     * @param reason what the model reads, at most 2,000 characters, may be empty
     */
    record Refuse(String reason) implements Decision {

        static final int MOST_CHARS = 2_000;

        public Refuse {
            if (reason.length() > MOST_CHARS) {
                throw new IllegalArgumentException("a reason has at most 2,000 characters");
            }
        }
    }
}
