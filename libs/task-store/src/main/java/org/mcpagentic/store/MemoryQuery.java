package org.mcpagentic.store;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Looks for text in what is remembered, in upper or lower case alike.
 *
 * @param text 1 to 200 characters, not blank; an entry is found where it holds all the words, in its key or its value
 * @param limit how many entries at most, 1 to 50
 */
public record MemoryQuery(String text, int limit) {

    public MemoryQuery {
        if (text.isBlank() || text.length() > 200) {
            throw new IllegalArgumentException("a text to look for has 1 to 200 characters and is not blank");
        }
        if (limit < 1 || limit > 50) {
            throw new IllegalArgumentException("a search finds at most 1 to 50 entries");
        }
        text = text.strip().toLowerCase(Locale.ROOT);
    }

    /** How well an entry fits, the best first. */
    private enum Fit {
        KEY,
        IN_KEY,
        IN_VALUE,
        WORDS
    }

    /** An entry that was found. */
    private record Hit(Fit fit, MemoryEntry entry) {

        private static final Comparator<Hit> BEST_THEN_NEWEST = Comparator.comparing(Hit::fit)
                .thenComparing(hit -> hit.entry.heading().updatedAt(), Comparator.reverseOrder())
                .thenComparing(hit -> hit.entry.key());
    }

    /** Those that fit, the best first: text that is the key, in the key, in the value, then words; the newest of each first. */
    public List<MemoryEntry> best(List<MemoryEntry> entries) {
        return entries.stream()
                .flatMap(entry -> fit(entry).map(fit -> new Hit(fit, entry)).stream())
                .sorted(Hit.BEST_THEN_NEWEST)
                .limit(limit)
                .map(Hit::entry)
                .toList();
    }

    private Optional<Fit> fit(MemoryEntry entry) {
        String key = entry.key().value();
        String value = entry.value().toLowerCase(Locale.ROOT);
        if (key.equals(text)) {
            return Optional.of(Fit.KEY);
        }
        if (key.contains(text)) {
            return Optional.of(Fit.IN_KEY);
        }
        if (value.contains(text)) {
            return Optional.of(Fit.IN_VALUE);
        }
        boolean allWords =
                List.of(text.split("\\s+", -1)).stream().allMatch(word -> key.contains(word) || value.contains(word));
        return allWords ? Optional.of(Fit.WORDS) : Optional.empty();
    }
}
