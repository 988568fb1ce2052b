{{/*
The three services: what the chart knows of each by itself (name, component, port, the public path) and the values
that an installation sets. The names are fixed, so that they are the same as in k8s/: one release per namespace.
*/}}
{{- define "mcp-agentic.services" -}}
- name: custom-mcp-service
  component: tasks
  port: 8000
  path: custom
  values: customMcpService
- name: public-mcp-service
  component: questions
  port: 8001
  path: public
  values: publicMcpService
- name: dashboard-service
  component: dashboard
  port: 8501
  path: ""
  values: dashboardService
{{- end }}

{{/* Labels of the services' own objects. Input: dict "root" $ "name" name, and "component" where there is one. */}}
{{- define "mcp-agentic.labels" -}}
{{ include "mcp-agentic.podLabels" . }}
{{ include "mcp-agentic.releaseLabels" .root }}
{{- end }}

{{/* Labels of a service's pods. Without the chart's version: it alone should not roll them. */}}
{{- define "mcp-agentic.podLabels" -}}
{{ include "mcp-agentic.selector" .name }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
{{- with .component }}
app.kubernetes.io/component: {{ . }}
{{- end }}
{{- end }}

{{/*
Labels without the version of the services, for what they do not belong to: it is not changed because they are. Input: dict "root" $
"name" name, and "component" where there is one.
*/}}
{{- define "mcp-agentic.lastingLabels" -}}
{{ include "mcp-agentic.lastingPodLabels" . }}
{{ include "mcp-agentic.releaseLabels" .root }}
{{- end }}

{{/* The same without what Helm adds, for pods. */}}
{{- define "mcp-agentic.lastingPodLabels" -}}
{{ include "mcp-agentic.selector" .name }}
{{- with .component }}
app.kubernetes.io/component: {{ . }}
{{- end }}
{{- end }}

{{/* What Helm adds. */}}
{{- define "mcp-agentic.releaseLabels" -}}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version | replace "+" "_" }}
{{- end }}

{{/* What never changes, for selectors. Input: the name. */}}
{{- define "mcp-agentic.selector" -}}
app.kubernetes.io/name: {{ . }}
app.kubernetes.io/part-of: mcp-agentic-ai-server
{{- end }}

{{/* Whether something else than the values sets the numbers of replicas. */}}
{{- define "mcp-agentic.scaled" -}}
{{- if or .Values.autoscaling.enabled .Values.keda.enabled }}true{{ end }}
{{- end }}

{{/* How fast replicas come and go, for a HorizontalPodAutoscaler. */}}
{{- define "mcp-agentic.scalingBehaviour" -}}
scaleUp:
  stabilizationWindowSeconds: 0
  selectPolicy: Max
  policies:
    - type: Percent
      value: 100
      periodSeconds: 30
    - type: Pods
      value: 2
      periodSeconds: 30
# why slowly: each pod that goes hands its tasks on
scaleDown:
  stabilizationWindowSeconds: 300
  selectPolicy: Max
  policies:
    - type: Pods
      value: 1
      periodSeconds: 60
{{- end }}

{{/* One rule of a NetworkPolicy. Input: dict "cidr" or "namespace", and "port". */}}
{{- define "mcp-agentic.egressRule" -}}
- to:
    {{- if .cidr }}
    - ipBlock:
        cidr: {{ .cidr }}
    {{- else }}
    - namespaceSelector:
        matchLabels:
          kubernetes.io/metadata.name: {{ .namespace }}
    {{- end }}
  ports:
    - port: {{ .port }}
      protocol: TCP
    {{- if .udp }}
    - port: {{ .port }}
      protocol: UDP
    {{- end }}
{{- end }}

{{/* The settings that the services share; their checksum on the pods rolls these on a change. */}}
{{- define "mcp-agentic.ownSettings" -}}
{{- $hosts := concat (list .Values.host "localhost") .Values.allowedHosts }}
{{- range include "mcp-agentic.services" . | fromYamlArray }}
{{- $hosts = append $hosts .name }}
{{- end -}}
EDGE_ALLOWED_HOSTS: {{ $hosts | uniq | join "," | quote }}
{{- if .Values.redis.internal.enabled }}
REDIS_URL: redis://mcp-agentic-redis:6379
{{- else if .Values.redis.sentinel.enabled }}
{{- $sentinels := list }}
{{- range until 3 }}
{{- $sentinels = append $sentinels (printf "redis://mcp-agentic-redis-%d.mcp-agentic-redis-nodes:26379" .) }}
{{- end }}
REDIS_URL: {{ join "," $sentinels }}
QUARKUS_REDIS_CLIENT_TYPE: sentinel
REDIS_MASTER_NAME: mcp-agentic
{{- else if .Values.redis.external.url }}
REDIS_URL: {{ .Values.redis.external.url | quote }}
{{- end }}
{{- with .Values.model.name }}
MODEL: {{ . | quote }}
{{- end }}
{{- include "mcp-agentic.edgeSettings" . }}
{{- end }}

{{/*
models.properties: model.catalogue in the words of the services' configuration, for example timeout.firstToken of the
model house as agent.models.house.timeout.first-token. Names are quoted where they hold a dot: the services take another
model for another name where one is quoted here and not where it comes along.
*/}}
{{- define "mcp-agentic.models" -}}
{{- range $name, $model := .Values.model.catalogue }}
{{- $prefix := printf "agent.models.%s" (contains "." $name | ternary (quote $name) $name) }}
{{- include "mcp-agentic.modelProperties" (dict "prefix" $prefix "values" $model) }}
{{- if $model.ca }}
{{- printf "%s.ca-file=/etc/mcp-agentic/models/%s.pem\n" $prefix $name }}
{{- end }}
{{- end }}
{{- end }}

{{/* One line for each value of a section. Input: dict "prefix" of the properties, "values" the section. */}}
{{- define "mcp-agentic.modelProperties" -}}
{{- range $key, $value := .values }}
{{- $property := printf "%s.%s" $.prefix (kebabcase $key) }}
{{- if kindIs "map" $value }}
{{- include "mcp-agentic.modelProperties" (dict "prefix" $property "values" $value) }}
{{- else if eq $key "apiKeyFrom" }}
{{- printf "%s.api-key=${%s}\n" $.prefix $value }}
{{- else if kindIs "slice" $value }}
{{- printf "%s=%s\n" $property (join "," $value) }}
{{- else if kindIs "string" $value }}
{{- if ne $key "ca" }}
{{- printf "%s=%s\n" $property $value }}
{{- end }}
{{- else }}
{{- /* why JSON: Go would write a million as 1e+06 */}}
{{- printf "%s=%s\n" $property (toJson $value) }}
{{- end }}
{{- end }}
{{- end }}

{{/* redis.conf of the internal Redis. */}}
{{- define "mcp-agentic.redisConf" -}}
bind * -::*
port 6379
# why: the pods of this cluster come from other addresses, and there is no password
protected-mode no
dir /data
# The append-only file is the one record; snapshots beside it would only cost forks.
appendonly yes
appendfsync everysec
save ""
# Nothing may be evicted: every key is a task, a counter or an event that somebody still counts on.
maxmemory-policy noeviction
# Half of the container's limit: rewriting the append-only file copies pages that change meanwhile.
maxmemory {{ .Values.redis.internal.maxMemory }}
{{ end }}

{{/* What the pods of redis-sentinel read. */}}
{{- define "mcp-agentic.sentinelConfiguration" -}}
redis.conf: |
  {{- include "mcp-agentic.redisConf" . | trim | nindent 2 }}
  # A master that no replica follows takes no writes: what it took would be gone when another one is made master.
  min-replicas-to-write 1
  min-replicas-max-lag 10
{{- $root := . }}
{{- range list "sentinel.conf" "start-redis.sh" "start-sentinel.sh" "ready.sh" "hand-over.sh" }}
{{ . }}: |
  {{- $root.Files.Get (print "files/redis-sentinel/" .) | trim | nindent 2 }}
{{- end }}
{{- end }}

{{/* A service's image. Input: dict "root" $ "name" name. */}}
{{- define "mcp-agentic.image" -}}
{{- $image := .root.Values.image -}}
{{- with $image.registry }}{{ . }}/{{ end -}}
{{ $image.repository }}/{{ .name }}:{{ $image.tag | default .root.Chart.AppVersion }}
{{- end }}
