package org.mcpagentic.mcp.http;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import org.mcpagentic.access.Limits;
import org.mcpagentic.access.Rights;
import org.mcpagentic.access.credential.ApiKeys;
import org.mcpagentic.access.credential.NewApiKey;
import org.mcpagentic.store.OwnerId;
import org.mcpagentic.store.TenantId;

/** Callers of these tests: each new key is another principal. */
@ApplicationScoped
class Keys {

    private final ApiKeys keys;

    Keys(ApiKeys keys) {
        this.keys = keys;
    }

    /** The token of a new key of tenant {@code default}. */
    String with(Rights rights) {
        return keys.create(new NewApiKey(
                        TenantId.DEFAULT, "test", rights, Limits.NONE, Optional.empty(), new OwnerId("tests")))
                .await()
                .atMost(Duration.ofSeconds(10))
                .orElseThrow()
                .token()
                .text();
    }
}
