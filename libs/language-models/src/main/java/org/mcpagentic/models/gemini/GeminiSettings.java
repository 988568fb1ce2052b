package org.mcpagentic.models.gemini;

import java.net.URI;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.mcpagentic.models.wire.SettingsCheck;

/**
 * Which model of Google's Gemini API is asked, and how.
 *
 * @param name the name in the catalogue
 * @param id Google's name, such as {@code gemini-2.5-flash}
 * @param baseUrl up to the API's version, such as {@code https://generativelanguage.googleapis.com/v1beta}
 * @param key the API key, without the white space that may surround it; never shown
 * @param contextTokens most tokens of a prompt, more than zero
 * @param maxOutputTokens most tokens of an answer, more than zero; the model's own bound where there is none
 * @param stream whether answers come as they are written
 */
public record GeminiSettings(
        String name,
        String id,
        URI baseUrl,
        String key,
        long contextTokens,
        OptionalInt maxOutputTokens,
        boolean stream) {

    private static final Pattern ID = Pattern.compile("((models|tunedModels)/)?[a-zA-Z0-9][a-zA-Z0-9._-]*");

    public GeminiSettings {
        SettingsCheck.check(name, baseUrl, contextTokens, maxOutputTokens);
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    "the id of the model \"" + name + "\" is letters, digits, '.', '_' and '-'");
        }
        key = SettingsCheck.key(name, key);
    }

    @Override
    public String toString() {
        return "GeminiSettings[name=" + name + ", id=" + id + ", baseUrl=" + baseUrl + "]";
    }

    /** Where its answers come from. */
    URI address() {
        String resource = id.contains("/") ? id : "models/" + id;
        return SettingsCheck.below(
                baseUrl, resource + (stream ? ":streamGenerateContent?alt=sse" : ":generateContent"));
    }
}
