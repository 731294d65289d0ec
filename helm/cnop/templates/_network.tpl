{{- define "cnop.dnsEgress" -}}
- ports:
    - {port: 53, protocol: UDP}
    - {port: 53, protocol: TCP}
  {{- with .Values.networkPolicy.dnsTo }}
  to:
    {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end -}}

{{- define "cnop.redisEgress" -}}
{{- if .Values.valkey.enabled -}}
- ports: [{port: 6379, protocol: TCP}]
  to:
    - podSelector:
        matchLabels:
          {{- include "cnop.selector" (dict "root" . "name" "valkey") | nindent 10 }}
{{- else -}}
- ports: [{port: {{ regexFind ":[0-9]+" (regexReplaceAll "^.*@" (trimPrefix "rediss://" (trimPrefix "redis://" .Values.redis.url)) "") | trimPrefix ":" | default "6379" }}, protocol: TCP}]
  {{- with .Values.networkPolicy.redisTo }}
  to:
    {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end -}}
{{- end -}}

{{- define "cnop.dynamodbEgress" -}}
{{- if .Values.dynamodbLocal.enabled -}}
- ports: [{port: 8000, protocol: TCP}]
  to:
    - podSelector:
        matchLabels:
          {{- include "cnop.selector" (dict "root" . "name" "dynamodb") | nindent 10 }}
{{- else -}}
- ports: [{port: {{ regexFind ":[0-9]+" (trimPrefix "http://" (trimPrefix "https://" .Values.tables.endpoint)) | trimPrefix ":" | default (ternary "80" "443" (hasPrefix "http://" .Values.tables.endpoint)) }}, protocol: TCP}]
  {{- with .Values.networkPolicy.awsTo }}
  to:
    {{- toYaml . | nindent 4 }}
  {{- end }}
# The agent of Pod Identity on each node.
- ports: [{port: 80, protocol: TCP}]
  to:
    - ipBlock: {cidr: 169.254.170.23/32}
{{- end -}}
{{- end -}}
