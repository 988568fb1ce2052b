package org.mcpagentic.dashboard.signin;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mcpagentic.access.Principal;
import org.mcpagentic.access.Scope;

/**
 * Who is signed in, as the page is told.
 *
 * @param person what they make belongs to: an API key's id, or the person's own
 * @param name what people call the key, where it has a name
 * @param scopes what they may do
 * @param csrfToken what the page sends with requests that change something; absent where nobody has to sign in
 * @param expiresAt when they are signed out unless they do something; absent where nobody has to sign in
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Person(
        String person,
        Optional<String> name,
        String tenant,
        List<String> scopes,
        Optional<String> csrfToken,
        Optional<Instant> expiresAt) {

    static Person of(Principal principal, Optional<String> name, Optional<String> csrfToken) {
        return new Person(
                principal.owner().value(),
                name,
                principal.tenant().value(),
                principal.rights().scopes().stream().map(Scope::value).toList(),
                csrfToken,
                principal.expires());
    }
}
