package org.mcpagentic.custommcp.admin;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.mcpagentic.access.credential.KeyPage;

/**
 * Part of a list of keys.
 *
 * @param nextCursor where the next page begins; left out at the end
 */
@RegisterForReflection
@Schema(name = "KeyList")
public record KeyList(List<KeyDocument> items, Optional<String> nextCursor) {

    static KeyList of(KeyPage page) {
        return new KeyList(page.keys().stream().map(KeyDocument::of).toList(), PageParameters.cursor(page.next()));
    }
}
