package org.mcpagentic.dashboard.signin;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

/**
 * How somebody signs in: by one of the two.
 *
 * @param key an API key's token
 * @param link the token of a link that signs in once
 */
@RegisterForReflection
public record SignInRequest(@Nullable String key, @Nullable String link) {

    /** Without the secrets. */
    @Override
    public String toString() {
        return "SignInRequest[hidden]";
    }
}
