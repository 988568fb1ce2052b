package org.mcpagentic.access.audit;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mcpagentic.access.AccessSecret;
import org.mcpagentic.store.TenantId;

/**
 * What a service writes down when it starts: which security-relevant settings are set, by name, and a digest that changes when one of their
 * values does. The digest is keyed, so that no value can be guessed by trying.
 */
public final class StartEvent {

    /** What settings that matter begin with. */
    private static final List<String> RELEVANT = List.of(
            "access.",
            "approval.",
            "edge.",
            "store.audit",
            "store.encryption.",
            "store.redis.",
            "mask.",
            "quarkus.redis.hosts",
            "tools.http-fetch.",
            "dashboard.access.",
            "quarkus.http.host",
            "quarkus.http.ssl",
            "quarkus.http.insecure-requests",
            "quarkus.http.proxy",
            "quarkus.http.cors",
            "quarkus.tls.",
            "quarkus.oidc.",
            "quarkus.redis.tls",
            "quarkus.management.");

    private static final int MOST_DETAIL = 1024;
    private static final String MORE = ",...";

    private StartEvent() {}

    /** Whether a setting of that name is written down. */
    public static boolean isRelevant(String setting) {
        return RELEVANT.stream().anyMatch(setting::startsWith);
    }

    /**
     * The entry of a start.
     *
     * @param service its name, such as {@code custom-mcp-service}
     * @param instance which of its replicas, possibly empty
     * @param settings all that are set, with their values; those that do not matter are left out
     */
    public static AuditEvent of(String service, String instance, Map<String, String> settings, AccessSecret secret) {
        SortedMap<String, String> relevant = new TreeMap<>(settings);
        relevant.keySet().removeIf(name -> !isRelevant(name));
        StringBuilder digested = new StringBuilder();
        relevant.forEach((name, value) -> digested.append(name.length())
                .append(' ')
                .append(name)
                .append(value.length())
                .append(' ')
                .append(value));
        byte[] digest = secret.key("audit-settings").sign(digested.toString().getBytes(StandardCharsets.UTF_8));
        StringBuilder detail = new StringBuilder("digest=" + HexFormat.of().formatHex(digest) + " settings=");
        String separator = "";
        for (String name : relevant.keySet()) {
            String next = separator + Printable.of(name, 128);
            if (detail.length() + next.length() + MORE.length() > MOST_DETAIL) {
                detail.append(MORE);
                break;
            }
            detail.append(next);
            separator = ",";
        }
        return new AuditEvent(
                TenantId.DEFAULT, service, "service.start", Printable.of(instance, 256), detail.toString());
    }
}
