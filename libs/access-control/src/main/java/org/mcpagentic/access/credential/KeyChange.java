package org.mcpagentic.access.credential;

import java.time.Instant;
import java.util.Optional;
import org.mcpagentic.access.Limits;
import org.mcpagentic.access.Rights;

/** What becomes of a key; what is absent stays. */
public record KeyChange(
        Optional<String> name, Optional<Rights> rights, Optional<Limits> limits, Optional<Expiry> expiry) {

    public KeyChange {
        name.ifPresent(NewApiKey::checkName);
    }

    /** When a key ends by itself. */
    public sealed interface Expiry {

        record Never() implements Expiry {}

        record At(Instant time) implements Expiry {}
    }
}
