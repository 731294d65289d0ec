{{/* The prefix of all names. */}}
{{- define "cnop.prefix" -}}
{{- default .Release.Name .Values.fullnameOverride | trunc 40 | trimSuffix "-" -}}
{{- end -}}

{{/* The name of a part: dict "root" $ "name" "user". */}}
{{- define "cnop.name" -}}
{{- printf "%s-%s" (include "cnop.prefix" .root) .name -}}
{{- end -}}

{{/* What selects the pods of a part. It cannot change. */}}
{{- define "cnop.selector" -}}
app.kubernetes.io/name: cnop
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .name }}
{{- end -}}

{{/* The labels of a part's objects. */}}
{{- define "cnop.labels" -}}
{{ include "cnop.selector" . }}
app.kubernetes.io/part-of: cnop
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_" }}
{{- with .root.Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/* The labels of a part's pods: without versions, so that a new version of the chart alone restarts nothing. */}}
{{- define "cnop.podLabels" -}}
{{ include "cnop.selector" . }}
app.kubernetes.io/part-of: cnop
{{- with .root.Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/* metadata of a part's objects: the name, the namespace, the labels. */}}
{{- define "cnop.metadata" -}}
name: {{ include "cnop.name" . }}
namespace: {{ .root.Release.Namespace }}
labels:
  {{- include "cnop.labels" . | nindent 2 }}
{{- end -}}

{{/* The DNS name of a Service: absolute, so that no search domain is tried. */}}
{{- define "cnop.host" -}}
{{- printf "%s.%s.svc.%s." (include "cnop.name" .) .root.Release.Namespace .root.Values.clusterDomain -}}
{{- end -}}

{{/* An image: dict "root" $ "image" .Values.image.services. */}}
{{- define "cnop.image" -}}
{{- if .image.digest -}}
{{- printf "%s@%s" .image.repository .image.digest -}}
{{- else -}}
{{- printf "%s:%s" .image.repository (default .root.Chart.AppVersion .image.tag) -}}
{{- end -}}
{{- end -}}

{{/* The values of a component, over the defaults, as YAML. */}}
{{- define "cnop.values" -}}
{{- mergeOverwrite (deepCopy .root.Values.defaults) (deepCopy (index .root.Values .name)) | toYaml -}}
{{- end -}}

{{/* The service account of a component. */}}
{{- define "cnop.serviceAccount" -}}
{{- $values := include "cnop.values" . | fromYaml -}}
{{- default (include "cnop.name" .) $values.serviceAccount.existing -}}
{{- end -}}

{{/* The Secret of a part's certificate. */}}
{{- define "cnop.certificate" -}}
{{- default (printf "%s-tls" (include "cnop.name" .)) (index .root.Values.certificates.existingSecrets .name) -}}
{{- end -}}

{{- define "cnop.keysSecret" -}}
{{- default (printf "%s-keys" (include "cnop.prefix" .)) .Values.secrets.existingKeys -}}
{{- end -}}

{{- define "cnop.meshSecret" -}}
{{- default (printf "%s-mesh" (include "cnop.prefix" .)) .Values.secrets.existingMesh -}}
{{- end -}}

{{/* What the jobs of the chart create: kinds of services.bootstrap, separated by spaces. */}}
{{- define "cnop.bootstrapped" -}}
{{- $kinds := list -}}
{{- if not .Values.secrets.existingKeys -}}{{- $kinds = append $kinds "keys" -}}{{- end -}}
{{- if not .Values.secrets.existingMesh -}}{{- $kinds = append $kinds "mesh" -}}{{- end -}}
{{- if eq .Values.certificates.source "bootstrap" -}}{{- $kinds = append $kinds "certificates" -}}{{- end -}}
{{- join " " $kinds -}}
{{- end -}}

{{- define "cnop.publicTls" -}}
{{- default (printf "%s-edge-public-tls" (include "cnop.prefix" .)) .Values.edge.tls.secretName -}}
{{- end -}}

{{- define "cnop.publicPort" -}}
{{- default (ternary 443 80 .Values.edge.tls.enabled) .Values.edge.service.port -}}
{{- end -}}

{{/* Where the edge answers inside the cluster. */}}
{{- define "cnop.edgeUrl" -}}
{{- printf "%s://%s:%v" (ternary "https" "http" .Values.edge.tls.enabled) (include "cnop.host" (dict "root" . "name" "edge") | trimSuffix ".") (include "cnop.publicPort" .) -}}
{{- end -}}
