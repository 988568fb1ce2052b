package org.mcpagentic.models.catalogue;

import java.util.List;
import java.util.Optional;
import org.mcpagentic.models.flow.Prices;

/**
 * A model as people and programs see it. Where its server is and what its key is, is nobody's business.
 *
 * @param name what it is asked by
 * @param provider {@code gemini}, {@code openai} or {@code offline}
 * @param id what the provider calls it
 * @param chosen whether it answers where nobody names another
 * @param missing what it lacks before it can be asked; nothing where it can
 * @param contextTokens most tokens of one turn
 * @param maxOutputTokens most tokens of one answer, where a bound is set
 * @param prices nothing where none are known
 * @param fallback the models that answer in its place where it cannot
 */
public record ModelDescription(
        String name,
        String provider,
        String id,
        boolean chosen,
        Optional<String> missing,
        long contextTokens,
        Optional<Integer> maxOutputTokens,
        Optional<Prices> prices,
        List<String> fallback) {

    public ModelDescription {
        fallback = List.copyOf(fallback);
    }
}
