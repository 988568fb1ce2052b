package org.mcpagentic.models.openai;

import java.net.URI;
import java.util.Optional;
import java.util.OptionalInt;
import org.mcpagentic.models.wire.SettingsCheck;

/**
 * Which model of a server that speaks OpenAI's protocol is asked, and how.
 *
 * @param name the name in the catalogue
 * @param id the server's name, such as {@code gpt-5-mini} or {@code qwen3:8b}
 * @param baseUrl up to the API's version, such as {@code http://localhost:11434/v1}
 * @param key the API key where the server wants one, without the white space that may surround it; never shown
 * @param contextTokens most tokens of a prompt, more than zero; no more than what the server was started with
 * @param maxOutputTokens most tokens of an answer, more than zero; the server's own bound where there is none
 * @param outputLimit how the server is told that bound
 * @param stream whether answers come as they are written
 */
public record OpenAiSettings(
        String name,
        String id,
        URI baseUrl,
        Optional<String> key,
        long contextTokens,
        OptionalInt maxOutputTokens,
        OutputLimit outputLimit,
        boolean stream) {

    public OpenAiSettings {
        SettingsCheck.check(name, baseUrl, contextTokens, maxOutputTokens);
        if (id.isBlank()) {
            throw new IllegalArgumentException("the model \"" + name + "\" needs the id that its server knows it by");
        }
        key = key.map(value -> SettingsCheck.key(name, value));
    }

    @Override
    public String toString() {
        return "OpenAiSettings[name=" + name + ", id=" + id + ", baseUrl=" + baseUrl + "]";
    }

    URI address() {
        return SettingsCheck.below(baseUrl, "chat/completions");
    }
}
