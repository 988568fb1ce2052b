package org.mcpagentic.models.catalogue;

import java.util.Optional;

/** What is to be said of a model's key without saying it. */
final class ApiKey {

    private static final String OPENAI = "https://api.openai.com";

    private ApiKey() {}

    /**
     * The key as it is sent, without the line break that files often end with; empty where there is none.
     *
     * @throws IllegalStateException where it cannot be sent as an HTTP header
     */
    static String of(String name, CatalogueConfig.Entry entry) {
        String key = entry.apiKey().orElse("").strip();
        if (!key.chars().allMatch(character -> character > ' ' && character < 127)) {
            throw new IllegalStateException("agent.models.\"" + name
                    + "\".api-key is no key: it holds spaces, control characters or characters outside of ASCII");
        }
        return key;
    }

    /** What keeps the model from being asked, with the setting to mend it; nothing where it can be asked. */
    static Optional<String> missing(String name, CatalogueConfig.Entry entry) {
        if (entry.provider() == CatalogueConfig.Provider.OPENAI && entry.id().isEmpty()) {
            return Optional.of("it is not said what its server calls it (agent.models.\"" + name + "\".id"
                    + (name.equals("openai") ? ", or OPENAI_MODEL)" : ")"));
        }
        boolean needed = switch (entry.provider()) {
            case GEMINI -> true;
            // why: servers of one's own mostly want none
            case OPENAI ->
                entry.baseUrl().map(url -> url.toString().startsWith(OPENAI)).orElse(true);
        };
        return needed && of(name, entry).isEmpty()
                ? Optional.of("it has no API key (agent.models.\"" + name + "\".api-key"
                        + (entry.provider() == CatalogueConfig.Provider.GEMINI ? ", or GEMINI_API_KEY)" : ")"))
                : Optional.empty();
    }
}
