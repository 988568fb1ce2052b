package org.mcpagentic.access.credential;

import org.mcpagentic.access.token.Token;

/**
 * A key with its new secret, which nobody can read again.
 *
 * @param token to be shown once
 */
public record IssuedKey(ApiKey key, Token token) {

    /** Without the secret. */
    @Override
    public String toString() {
        return "IssuedKey[" + key.id() + "]";
    }
}
