package org.mcpagentic.access.mask;

import static org.mcpagentic.access.mask.TokenPattern.Edges.BEGINS_AS_WORD;
import static org.mcpagentic.access.mask.TokenPattern.Edges.FREE;
import static org.mcpagentic.access.mask.TokenPattern.Edges.IS_WORD;

import java.util.List;

/** The forms of secrets that are known without being configured; the first that fits names what is masked. */
final class KnownForms {

    private static final String ASSIGNED = "[\"'\\\\ \\t]{0,8}[:=][\"'\\\\ \\t]{0,8}";

    private KnownForms() {}

    static List<Finder> all() {
        return List.of(
                new PrivateKeyFinder(),
                // this system's own: API keys, sessions, sign-in links
                token("access token", "mcp[ksl]-[0-9a-z]{1,13}-[0-9a-z]{16,32}-[0-9A-Za-z_-]{40,}"),
                token("Google API key", "AIza[0-9A-Za-z_-]{35,}"),
                token("Google API key", "AQ\\.[0-9A-Za-z_-]{32,}"),
                token("Google token", "ya29\\.[0-9A-Za-z_-]{20,}"),
                token("Google client secret", "GOCSPX-[0-9A-Za-z_-]{20,}"),
                token("Anthropic API key", "sk-ant-[0-9A-Za-z_-]{16,}"),
                new OpenAiKeyFinder(),
                token("GitHub token", "gh[opsur]_[0-9A-Za-z]{36,}"),
                token("GitHub token", "github_pat_[0-9A-Za-z_]{22,}"),
                token("GitLab token", "glpat-[0-9A-Za-z_-]{20,}"),
                token("Slack token", "xox[abceoprs]-[0-9A-Za-z-]{10,}"),
                token("Slack token", "xapp-[0-9A-Za-z-]{20,}"),
                PatternReader.known("Slack webhook", "hooks\\.slack\\.com/services/", "[0-9A-Za-z/]{20,}", FREE),
                token("Stripe key", "[sr]k_live_[0-9A-Za-z]{16,}"),
                token("Stripe key", "[sr]k_test_[0-9A-Za-z]{16,}"),
                token("Stripe key", "whsec_[0-9A-Za-z+/=]{24,}"),
                token("Hugging Face token", "hf_[0-9A-Za-z]{30,}"),
                token("Groq API key", "gsk_[0-9A-Za-z]{40,}"),
                token("xAI API key", "xai-[0-9A-Za-z]{40,}"),
                token("npm token", "npm_[0-9A-Za-z]{36,}"),
                token("PyPI token", "pypi-[0-9A-Za-z_-]{50,}"),
                PatternReader.known("AWS access key id", "", "A[KS]IA[0-9A-Z]{16}", IS_WORD),
                PatternReader.known("AWS secret key", "(?i)secret_?access_?key" + ASSIGNED, "[0-9A-Za-z/+=]{40}", FREE),
                PatternReader.known("AWS secret key", "(?i)aws_?secret_?key" + ASSIGNED, "[0-9A-Za-z/+=]{40}", FREE),
                PatternReader.known("API key", "(?i)x-api-key" + ASSIGNED, "[0-9A-Za-z._~+/=-]{12,}", FREE),
                PatternReader.known("API key", "(?i)x-goog-api-key" + ASSIGNED, "[0-9A-Za-z._~+/=-]{12,}", FREE),
                PatternReader.known("API key", "(?i)[?&]key=", "[0-9A-Za-z._~%+/-]{16,}", FREE),
                PatternReader.known("API key", "(?i)[?&]api_?key=", "[0-9A-Za-z._~%+/-]{8,}", FREE),
                PatternReader.known("access token", "(?i)[?&]access_token=", "[0-9A-Za-z._~%+/-]{8,}", FREE),
                PatternReader.known("client secret", "(?i)client_secret=", "[0-9A-Za-z._~%+/-]{8,}", FREE),
                new JsonWebTokenFinder(),
                new AuthorizationFinder(),
                new BearerFinder(),
                new UrlPasswordFinder());
    }

    private static TokenPattern token(String kind, String pattern) {
        return PatternReader.known(kind, "", pattern, BEGINS_AS_WORD);
    }
}
