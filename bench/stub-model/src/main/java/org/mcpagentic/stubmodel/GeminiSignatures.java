package org.mcpagentic.stubmodel;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The thought signatures on calls. The stub's own say whose they are, so that they are checked without remembering them;
 * scripted and left-out ones are remembered, the latest 10,000.
 *
 * @see <a href="https://ai.google.dev/gemini-api/docs/thought-signatures">Thought signatures</a>
 */
final class GeminiSignatures {
    /** What the documentation lets a client send for a call that no model signed. */
    static final String SKIP = "skip_thought_signature_validator";

    private static final int REMEMBERED = 10_000;
    private static final String OWN = "stub-model thought signature of ";

    private final Set<String> givenOrLeftOut =
            Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                    return size() > REMEMBERED;
                }
            }));

    /** The signature for a call or a text, empty for none. */
    String issue(Signing signing, String whose) {
        return switch (signing) {
            case Signing.Own own -> own(whose);
            case Signing.Given given -> {
                givenOrLeftOut.add(key(given.signature(), whose));
                yield given.signature();
            }
            case Signing.None none -> {
                givenOrLeftOut.add(key("", whose));
                yield "";
            }
        };
    }

    /** Whether this is the signature, or none where none is, that the call was issued with. */
    boolean fits(String signature, String whose) {
        return signature.equals(SKIP) || signature.equals(own(whose)) || givenOrLeftOut.contains(key(signature, whose));
    }

    void forget() {
        givenOrLeftOut.clear();
    }

    private static String own(String whose) {
        return Base64.getEncoder().encodeToString((OWN + whose).getBytes(UTF_8));
    }

    private static String key(String signature, String whose) {
        return whose + " " + signature;
    }
}
