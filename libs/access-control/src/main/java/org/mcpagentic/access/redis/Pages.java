package org.mcpagentic.access.redis;

import io.vertx.mutiny.redis.client.Response;
import java.util.OptionalLong;

/** Where pages of lists begin, as the part {@code newest} of the scripts has it. */
final class Pages {

    private Pages() {}

    static String position(OptionalLong below) {
        return below.isPresent() ? Long.toString(below.getAsLong()) : "";
    }

    static OptionalLong next(Response number) {
        String text = number.toString();
        return text.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text));
    }

    static int checked(int limit) {
        if (limit < 1 || limit > 200) {
            throw new IllegalArgumentException("a page has 1 to 200 entries");
        }
        return limit;
    }
}
