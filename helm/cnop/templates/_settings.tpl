{{/* The variables of a service: what the chart knows, then the settings of the values. */}}
{{- define "cnop.env" -}}
{{- $values := include "cnop.values" . | fromYaml -}}
{{- $env := dict
  "CNOP_LISTEN" "0.0.0.0:50051"
  "CNOP_HEALTH_LISTEN" "0.0.0.0:50052"
  "CNOP_MESH_CERTS_DIR" "/run/cnop/certs"
  "CNOP_MESH_TRUST_DOMAIN" .root.Values.mesh.trustDomain
  "CNOP_MESH_NAMESPACE" .root.Release.Namespace
  "CNOP_SERVER_LAME_DUCK_SECONDS" 5
  "CNOP_SERVER_DRAIN_SECONDS" 15
  "CNOP_SERVER_CONNECTION_SECONDS" 60
-}}
{{- $env = merge $env (include "cnop.redisEnv" .root | fromYaml) -}}
{{- if eq .name "ratelimit" -}}
{{- $env = merge $env (dict "CNOP_LIMITS_FILE" "/etc/cnop/limits.toml" "CNOP_METRICS_LISTEN" "0.0.0.0:9090") -}}
{{- else -}}
{{- $env = merge $env (include "cnop.tableEnv" . | fromYaml) (dict
  "CNOP_MESH_SECRET_FILE" "/run/cnop/mesh/secret"
  "CNOP_TOKEN_ISSUER" .root.Values.token.issuer
  "CNOP_TOKEN_AUDIENCE" .root.Values.token.audience
  "CNOP_TOKEN_SECONDS" .root.Values.token.seconds
) -}}
{{- if eq .name "user" -}}
{{- $env = merge $env (dict "CNOP_KEYS_DIR" "/run/cnop/keys" "CNOP_KEY_ACTIVATION_SECONDS" (include "cnop.keyActivation" .root)) -}}
{{- else -}}
{{- $env = set $env "CNOP_USER_ADDRESS" (printf "%s:50051" (include "cnop.host" (dict "root" .root "name" "user"))) -}}
{{- end -}}
{{- if ne .name "inventory" -}}
{{- $env = set $env "CNOP_INVENTORY_ADDRESS" (printf "%s:50051" (include "cnop.host" (dict "root" .root "name" "inventory"))) -}}
{{- end -}}
{{- end -}}
{{- $env = mergeOverwrite $env $values.settings -}}
{{- include "cnop.envList" $env }}
# gRPC core does not log in JSON, and one arena is enough for an event loop.
- name: GRPC_VERBOSITY
  value: NONE
- name: MALLOC_ARENA_MAX
  value: "1"
{{- with $values.extraEnv }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/* Variables as a list. Numbers keep their digits: 1000000 is not 1e+06. */}}
{{- define "cnop.envList" -}}
{{- range $name, $value := . }}
- name: {{ $name }}
  value: {{ if kindIs "float64" $value }}{{ if eq (floor $value) $value }}{{ printf "%.0f" $value | quote }}{{ else }}{{ $value | quote }}{{ end }}{{ else }}{{ $value | toString | quote }}{{ end }}
{{- end }}
{{- end -}}

{{/* How long a new key is published before it signs. The jobs that rotate keys must know it, too. */}}
{{- define "cnop.keyActivation" -}}
{{- default 300 (index .Values.user.settings "CNOP_KEY_ACTIVATION_SECONDS") -}}
{{- end -}}

{{- define "cnop.redisEnv" -}}
{{- if .Values.valkey.enabled -}}
CNOP_REDIS_URL: redis://{{ include "cnop.host" (dict "root" . "name" "valkey") }}:6379
{{- else -}}
CNOP_REDIS_URL: {{ required "redis.url is not set: the address of Redis, or enable valkey for a trial" .Values.redis.url }}
{{- if .Values.redis.passwordSecret.name }}
CNOP_REDIS_PASSWORD_FILE: /run/cnop/redis/password
{{- end }}
{{- if .Values.redis.caSecret.name }}
CNOP_REDIS_CA_FILE: /run/cnop/redis/ca.crt
{{- end }}
{{- end -}}
{{- end -}}

{{/* What gives access to a service's table. */}}
{{- define "cnop.tableEnv" -}}
CNOP_TABLE: {{ index .root.Values.tables .name }}
{{- with .root.Values }}
{{- if .dynamodbLocal.enabled }}
CNOP_DYNAMODB_ENDPOINT: http://{{ include "cnop.host" (dict "root" $.root "name" "dynamodb") }}:8000
# The emulator takes any credentials, but not none.
AWS_ACCESS_KEY_ID: local
AWS_SECRET_ACCESS_KEY: local
{{- else }}
{{- with .tables.endpoint }}
CNOP_DYNAMODB_ENDPOINT: {{ . }}
{{- end }}
AWS_REGION: {{ required "aws.region is not set: the region of the tables" .aws.region }}
{{- end }}
{{- end }}
{{- end -}}

{{/* The keys of AWS from a Secret, for clusters without Pod Identity and IRSA. */}}
{{- define "cnop.credentials" -}}
{{- if and .Values.aws.credentialsSecret (not .Values.dynamodbLocal.enabled) -}}
envFrom:
  - secretRef:
      name: {{ .Values.aws.credentialsSecret }}
{{- end -}}
{{- end -}}

{{/* The options of `python -m edge_config`, one a line. */}}
{{- define "cnop.edgeOptions" -}}
{{- $values := include "cnop.values" (dict "root" . "name" "edge") | fromYaml -}}
{{- $options := dict
  "listen" "0.0.0.0:8080"
  "health" "0.0.0.0:8081"
  "admin" "127.0.0.1:9901"
  "token_issuer" .Values.token.issuer
  "token_audience" .Values.token.audience
  "trust_domain" .Values.mesh.trustDomain
  "namespace" .Release.Namespace
  "certs_dir" "/run/cnop/certs"
  "secrets_dir" "/run/edge"
  "limits" "/etc/cnop/limits.toml"
  "connection_seconds" 60
  "concurrency" 2
-}}
{{- range $name := list "user" "inventory" "order" "ratelimit" -}}
{{- $options = set $options $name (printf "%s:50051" (include "cnop.host" (dict "root" $ "name" $name))) -}}
{{- end -}}
{{- if .Values.edge.tls.enabled -}}
{{- $options = set $options "tls_dir" "/run/cnop/public" -}}
{{- end -}}
{{- $options = mergeOverwrite $options $values.settings -}}
{{- range $name, $value := $options }}
- --{{ $name | replace "_" "-" }}={{ if kindIs "slice" $value }}{{ join "," $value }}{{ else if kindIs "float64" $value }}{{ if eq (floor $value) $value }}{{ printf "%.0f" $value }}{{ else }}{{ $value }}{{ end }}{{ else }}{{ $value }}{{ end }}
{{- end }}
{{- end -}}
{{- define "cnop.edgeConcurrency" -}}
{{- default 2 (index .Values.edge.settings "concurrency") -}}
{{- end -}}

{{/* The variables of a command on a table: provision, load-catalogue. */}}
{{- define "cnop.stepEnv" -}}
{{ include "cnop.tableEnv" . }}
{{- range $name, $value := (index .root.Values .name).settings }}
{{- if or (hasPrefix "CNOP_DYNAMODB_" $name) (eq $name "CNOP_STOCK_SHARDS") }}
{{ $name }}: {{ $value | toString | quote }}
{{- end }}
{{- end }}
{{- end -}}

{{/* The password and the CA of Redis, as sources of a projected volume. */}}
{{- define "cnop.redisSources" -}}
{{- if not .Values.valkey.enabled -}}
{{- with .Values.redis.passwordSecret -}}
{{- if .name -}}
- secret: {name: {{ .name }}, items: [{key: {{ .key }}, path: password}]}
{{ end -}}
{{- end -}}
{{- with .Values.redis.caSecret -}}
{{- if .name -}}
- secret: {name: {{ .name }}, items: [{key: {{ .key }}, path: ca.crt}]}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
