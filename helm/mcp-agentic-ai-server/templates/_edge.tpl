{{/* Where clients find the installation. */}}
{{- define "mcp-agentic.publicUrl" -}}
{{- $scheme := ternary "https" "http" (ne .Values.tls.secretName "") -}}
{{ .Values.publicUrl | default (printf "%s://%s" $scheme .Values.host) }}
{{- end }}

{{/* The key of the settings that has a service's public address. Input: the service's name. */}}
{{- define "mcp-agentic.publicUrlKey" -}}
{{ . | trimSuffix "-service" | replace "-" "_" | upper }}_PUBLIC_URL
{{- end }}

{{/* The Secret with what Redis wants of the services. */}}
{{- define "mcp-agentic.redisSecret" -}}
{{ .Values.redis.internal.existingSecret | default .Values.redis.external.existingSecret | default "mcp-agentic-redis-auth" }}
{{- end }}

{{/* Settings of how the services are reached, who may use them, what they log. */}}
{{- define "mcp-agentic.edgeSettings" -}}
{{- $url := include "mcp-agentic.publicUrl" . }}
{{- range include "mcp-agentic.services" . | fromYamlArray }}
{{ include "mcp-agentic.publicUrlKey" .name }}: {{ print $url (ternary (print "/" .path) "" (ne .path "")) | quote }}
{{- end }}
{{- with .Values.allowedOrigins }}
EDGE_ALLOWED_ORIGINS: {{ join "," . | quote }}
{{- end }}
{{- with .Values.trustedProxies }}
EDGE_TRUSTED_PROXIES: {{ join "," . | quote }}
{{- end }}
{{- if .Values.redis.tls.existingSecret }}
REDIS_CA_FILE: /etc/mcp-agentic/redis/ca.crt
{{- if .Values.redis.tls.clientCertificate }}
REDIS_CERTIFICATE_FILE: /etc/mcp-agentic/redis/tls.crt
REDIS_KEY_FILE: /etc/mcp-agentic/redis/tls.key
{{- end }}
{{- end }}
{{- with .Values.oidc }}
{{- if .issuer }}
ACCESS_OIDC_ISSUER: {{ .issuer | quote }}
ACCESS_OIDC_AUDIENCE: {{ .audience | quote }}
ACCESS_OIDC_TOKENS: {{ .tokens }}
ACCESS_OIDC_OWNER_CLAIM: {{ .ownerClaim | quote }}
ACCESS_OIDC_SCOPES_CLAIM: {{ .scopesClaim | quote }}
{{- with .tenantClaim }}
ACCESS_OIDC_TENANT_CLAIM: {{ . | quote }}
{{- end }}
{{- with .scopeMappings }}
{{- $mappings := list }}
{{- range $name, $scopes := . }}
{{- $mappings = append $mappings (printf "%s=%s" $name $scopes) }}
{{- end }}
ACCESS_OIDC_SCOPE_MAPPINGS: {{ join ";" $mappings | quote }}
{{- end }}
{{- if .ca }}
ACCESS_OIDC_CA: /etc/mcp-agentic/oidc/ca.crt
{{- end }}
{{- if .clientId }}
{{- if not (hasPrefix "https://" $url) }}
{{- fail "oidc.clientId needs https: set tls.secretName, or publicUrl" }}
{{- end }}
DASHBOARD_OIDC_CLIENT_ID: {{ .clientId | quote }}
{{- with .label }}
DASHBOARD_OIDC_LABEL: {{ . | quote }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}
{{- with .Values.logging.level }}
QUARKUS_LOG_LEVEL: {{ . }}
{{- end }}
{{- range $package, $level := .Values.logging.levels }}
QUARKUS_LOG_CATEGORY__{{ $package | replace "." "_" | upper }}__LEVEL: {{ $level | quote }}
{{- end }}
{{- end }}

{{/* What the chart sets, and what is set besides; neither overrides the other. */}}
{{- define "mcp-agentic.settings" -}}
{{- $own := include "mcp-agentic.ownSettings" . }}
{{- $own }}
{{- range $name, $value := .Values.settings }}
{{- if regexMatch "(SECRET|KEYS?|TOKEN|PASSWORD|PASSPHRASE|CREDENTIALS)$" $name }}
{{- fail (printf "settings.%s belongs in a Secret, such as that of access.existingSecret" $name) }}
{{- end }}
{{- if hasKey ($own | fromYaml) $name }}
{{- fail (printf "settings.%s: another value of the chart says that already" $name) }}
{{- end }}
{{ $name }}: {{ $value | quote }}
{{- end }}
{{- end }}

{{/*
tools.properties: approval and remote in the words of the services' configuration. A backslash is an escape there.
*/}}
{{- define "mcp-agentic.tools" -}}
{{- with .Values.approval }}
{{- with .expiry }}
{{- printf "approval.expiry=%s\n" . }}
{{- end }}
{{- range $effect, $verdict := .default }}
{{- if $verdict }}
{{- printf "approval.default.%s=%s\n" (kebabcase $effect) $verdict }}
{{- end }}
{{- end }}
{{- range $index, $rule := .rules }}
{{- include "mcp-agentic.toolProperties" (dict "prefix" (printf "approval.rules[%d]" $index) "values" $rule) }}
{{- end }}
{{- end }}
{{- range $name, $server := .Values.remote.servers }}
{{- include "mcp-agentic.toolProperties" (dict "prefix" (printf "remote.servers.%s" $name) "values" $server) }}
{{- end }}
{{- end }}

{{/* One line for each value of a section. Input: dict "prefix" of the properties, "values" the section. */}}
{{- define "mcp-agentic.toolProperties" -}}
{{- range $key, $value := .values }}
{{- $property := printf "%s.%s" $.prefix (kebabcase $key) }}
{{- if eq $key "sideEffects" }}
{{- range $tool, $effect := $value }}
{{- printf "%s.%s=%s\n" $property (contains "." $tool | ternary (quote $tool) $tool) $effect }}
{{- end }}
{{- else if eq $key "arguments" }}
{{- range $index, $argument := $value }}
{{- include "mcp-agentic.toolProperties" (dict "prefix" (printf "%s[%d]" $property $index) "values" $argument) }}
{{- end }}
{{- else if eq $key "tokenFrom" }}
{{- printf "%s.token=${%s}\n" $.prefix $value }}
{{- else if kindIs "slice" $value }}
{{- printf "%s=%s\n" $property (join "," $value | replace "\\" "\\\\") }}
{{- else }}
{{- printf "%s=%s\n" $property (toString $value | replace "\\" "\\\\") }}
{{- end }}
{{- end }}
{{- end }}
