{{/* What all pods have in common. */}}
{{- define "cnop.pod" -}}
automountServiceAccountToken: {{ default false .token }}
# The variables of Services would begin with the name of the release, and could be taken for settings.
enableServiceLinks: false
securityContext:
  runAsNonRoot: true
  runAsUser: 65532
  runAsGroup: 65532
  fsGroup: 65532
  seccompProfile:
    type: RuntimeDefault
{{- with .root.Values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
{{- end -}}

{{- define "cnop.securityContext" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end -}}

{{/* Where a component's pods run. */}}
{{- define "cnop.placement" -}}
{{- $values := include "cnop.values" . | fromYaml -}}
{{- with $values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
affinity:
  {{- if $values.affinity }}
  {{- toYaml $values.affinity | nindent 2 }}
  {{- else }}
  podAntiAffinity:
    preferredDuringSchedulingIgnoredDuringExecution:
      - weight: 100
        podAffinityTerm:
          topologyKey: kubernetes.io/hostname
          labelSelector:
            matchLabels:
              {{- include "cnop.selector" . | nindent 14 }}
  {{- end }}
topologySpreadConstraints:
  {{- if $values.topologySpreadConstraints }}
  {{- toYaml $values.topologySpreadConstraints | nindent 2 }}
  {{- else }}
  {{- range $key := list "topology.kubernetes.io/zone" "kubernetes.io/hostname" }}
  - maxSkew: 1
    topologyKey: {{ $key }}
    whenUnsatisfiable: ScheduleAnyway
    matchLabelKeys: [pod-template-hash]
    labelSelector:
      matchLabels:
        {{- include "cnop.selector" $ | nindent 8 }}
  {{- end }}
  {{- end }}
{{- with $values.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- end -}}

{{/* An image and its pull policy. */}}
{{- define "cnop.imageFields" -}}
image: {{ include "cnop.image" . }}
imagePullPolicy: {{ .image.pullPolicy }}
{{- end -}}

{{/* A component's pod: its metadata. */}}
{{- define "cnop.podMetadata" -}}
{{- $values := include "cnop.values" . | fromYaml -}}
labels:
  {{- include "cnop.podLabels" . | nindent 2 }}
  {{- with $values.podLabels }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- with $values.podAnnotations }}
annotations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{/* The first lines of the spec of a component's Deployment. */}}
{{- define "cnop.rollout" -}}
{{- $values := include "cnop.values" . | fromYaml -}}
{{- if not $values.autoscaling.enabled }}
replicas: {{ $values.replicas }}
{{- end }}
revisionHistoryLimit: 5
minReadySeconds: {{ $values.minReadySeconds }}
# A replica goes only when another has come.
strategy:
  type: RollingUpdate
  rollingUpdate:
    maxUnavailable: 0
    maxSurge: 1
selector:
  matchLabels:
    {{- include "cnop.selector" . | nindent 4 }}
{{- end -}}
