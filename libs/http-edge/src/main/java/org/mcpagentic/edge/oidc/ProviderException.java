package org.mcpagentic.edge.oidc;

/** The provider cannot be asked, or answered what cannot be used. The message is ours and holds nothing that it said. */
public final class ProviderException extends RuntimeException {

    public ProviderException(String message) {
        // why no stack trace: it is made where a network fails, and nothing here is at fault
        super(message, null, false, false);
    }
}
