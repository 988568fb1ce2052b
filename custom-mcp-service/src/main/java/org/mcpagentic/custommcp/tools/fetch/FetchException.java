package org.mcpagentic.custommcp.tools.fetch;

import java.io.IOException;

/** Why nothing, or no more, came over the network; the message is for the model. */
public final class FetchException extends IOException {

    FetchException(String messageForTheModel) {
        super(messageForTheModel);
    }

    FetchException(String messageForTheModel, Throwable cause) {
        super(messageForTheModel, cause);
    }
}
