package org.mcpagentic.dashboard.upstream;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

/**
 * What a person says of a call whose outcome nobody knows.
 *
 * @param action {@code repeat}, {@code skip} or {@code result}
 * @param result what the call came to
 */
@RegisterForReflection
public record ResolveRequest(
        @Nullable String action, @Nullable String result) {}
