package org.mcpagentic.custommcp.support;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** The tool that posts notes, and a policy that asks before it does. */
public class Asking implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.ofEntries(
                Map.entry("tests.post-note", "true"),
                Map.entry("approval.rules[0].tool", "post_*"),
                Map.entry("approval.rules[0].arguments[0].pointer", "/text"),
                Map.entry("approval.rules[0].arguments[0].matches", "never.*"),
                Map.entry("approval.rules[0].verdict", "deny"),
                Map.entry("approval.rules[0].reason", "nobody says never"),
                Map.entry("approval.rules[1].tool", "post_note"),
                Map.entry("approval.rules[1].arguments[0].pointer", "/text"),
                Map.entry("approval.rules[1].arguments[0].matches", "soon.*"),
                Map.entry("approval.rules[1].verdict", "ask"),
                Map.entry("approval.rules[1].expiry", "1s"));
    }
}
