package org.mcpagentic.access.credential;

import java.util.List;
import java.util.OptionalLong;

/**
 * Part of a list of keys, newest first.
 *
 * @param next below which number the next page begins, nothing at the end
 */
public record KeyPage(List<ApiKey> keys, OptionalLong next) {

    public KeyPage {
        keys = List.copyOf(keys);
    }
}
