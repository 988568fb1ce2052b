package org.mcpagentic.containers;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What ingress-nginx makes of Ingress objects: servers and locations of nginx, with the headers that it sets
 * (<a href="https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/">annotations</a>).
 */
final class IngressRules {

    private static final String ANNOTATION = "nginx.ingress.kubernetes.io/";
    private static final Set<String> KNOWN = Set.of(
            "proxy-body-size",
            "proxy-buffering",
            "proxy-request-buffering",
            "proxy-read-timeout",
            "proxy-send-timeout",
            "proxy-http-version",
            "use-regex",
            "rewrite-target",
            "x-forwarded-prefix",
            "ssl-redirect",
            "force-ssl-redirect");

    private final List<JsonNode> ingresses;
    private final String listen;

    /** @param listen address and port on which all hosts are served */
    IngressRules(List<JsonNode> ingresses, String listen) {
        this.ingresses = List.copyOf(ingresses);
        this.listen = listen;
    }

    /** The hosts that are served, each once. */
    Set<String> hosts() {
        Set<String> hosts = new TreeSet<>();
        ingresses.forEach(ingress -> ingress.at("/spec/rules")
                .forEach(rule -> hosts.add(rule.path("host").asText())));
        return hosts;
    }

    /** The servers, whose locations pass on to upstreams that are called as the Services are. */
    String servers() {
        return hosts().stream().map(this::server).collect(Collectors.joining("\n"));
    }

    private String server(String host) {
        StringBuilder locations = new StringBuilder();
        for (JsonNode ingress : ingresses) {
            for (JsonNode rule : ingress.at("/spec/rules")) {
                if (rule.path("host").asText().equals(host)) {
                    rule.at("/http/paths").forEach(path -> locations.append(location(settings(ingress), path)));
                }
            }
        }
        return """
                server {
                    listen %s;
                    server_name %s;
                %s}
                """.formatted(listen, host, locations);
    }

    private static Map<String, String> settings(JsonNode ingress) {
        Map<String, String> settings = new HashMap<>();
        ingress.at("/metadata/annotations").properties().forEach(annotation -> {
            if (annotation.getKey().startsWith(ANNOTATION)) {
                settings.put(
                        annotation.getKey().substring(ANNOTATION.length()),
                        annotation.getValue().asText());
            }
        });
        Set<String> unknown = new TreeSet<>(settings.keySet());
        unknown.removeAll(KNOWN);
        if (!unknown.isEmpty()) {
            throw new AssertionError("annotations that are not played here: " + unknown);
        }
        return settings;
    }

    private static String location(Map<String, String> settings, JsonNode path) {
        boolean regular = settings.getOrDefault("use-regex", "false").equals("true");
        String pattern = path.path("path").asText();
        StringBuilder lines = new StringBuilder();
        lines.append("    location ")
                .append(regular ? "~* \"^" + pattern + "\"" : pattern)
                .append(" {\n");
        add(lines, "client_max_body_size " + settings.getOrDefault("proxy-body-size", "1m"));
        add(lines, "proxy_buffering " + settings.getOrDefault("proxy-buffering", "off"));
        add(lines, "proxy_request_buffering " + settings.getOrDefault("proxy-request-buffering", "on"));
        add(lines, "proxy_read_timeout " + settings.getOrDefault("proxy-read-timeout", "60") + "s");
        add(lines, "proxy_send_timeout " + settings.getOrDefault("proxy-send-timeout", "60") + "s");
        add(lines, "proxy_connect_timeout 5s");
        add(lines, "proxy_next_upstream error timeout");
        add(lines, "proxy_next_upstream_tries 3");
        add(lines, "proxy_http_version " + settings.getOrDefault("proxy-http-version", "1.1"));
        add(lines, "proxy_redirect off");
        add(lines, "proxy_set_header Host $http_host");
        add(lines, "proxy_set_header Connection \"\"");
        add(lines, "proxy_set_header X-Request-ID $request_id");
        add(lines, "proxy_set_header X-Real-IP $remote_addr");
        add(lines, "proxy_set_header X-Forwarded-For $remote_addr");
        add(lines, "proxy_set_header X-Forwarded-Host $http_host");
        add(lines, "proxy_set_header X-Forwarded-Port $server_port");
        add(lines, "proxy_set_header X-Forwarded-Proto $scheme");
        add(lines, "proxy_set_header X-Forwarded-Scheme $scheme");
        if (settings.containsKey("x-forwarded-prefix")) {
            add(lines, "proxy_set_header X-Forwarded-Prefix \"" + settings.get("x-forwarded-prefix") + "\"");
        }
        if (settings.containsKey("rewrite-target")) {
            add(lines, "rewrite \"(?i)^%s\" %s break".formatted(pattern, settings.get("rewrite-target")));
        }
        add(lines, "proxy_pass http://" + path.at("/backend/service/name").asText());
        return lines.append("    }\n").toString();
    }

    private static void add(StringBuilder lines, String directive) {
        lines.append("        ").append(directive).append(";\n");
    }
}
