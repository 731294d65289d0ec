{{/* The pod of a command of services.bootstrap: dict "root" $ "name" "rotate" "account" NAME "command" (list ...). */}}
{{- define "cnop.bootstrapPod" -}}
metadata:
  labels:
    {{- include "cnop.podLabels" . | nindent 4 }}
spec:
  {{- include "cnop.pod" (dict "root" .root "token" true) | nindent 2 }}
  serviceAccountName: {{ .account }}
  restartPolicy: OnFailure
  containers:
    - name: bootstrap
      {{- include "cnop.imageFields" (dict "root" .root "image" .root.Values.image.services) | nindent 6 }}
      args:
        - services.bootstrap
        {{- range .command }}
        - {{ . }}
        {{- end }}
        - --kubernetes
        - --prefix={{ include "cnop.prefix" .root }}
      env:
        {{- $known := dict
          "CNOP_MESH_NAMESPACE" .root.Release.Namespace
          "CNOP_MESH_TRUST_DOMAIN" .root.Values.mesh.trustDomain
          "CNOP_KEY_ACTIVATION_SECONDS" (include "cnop.keyActivation" .root)
          "CNOP_TOKEN_SECONDS" .root.Values.token.seconds }}
        {{- include "cnop.envList" $known | trim | nindent 8 }}
      securityContext:
        {{- include "cnop.securityContext" .root | nindent 8 }}
      resources:
        {{- toYaml .root.Values.secrets.resources | nindent 8 }}
      volumeMounts:
        - {name: tmp, mountPath: /tmp}
  volumes:
    - name: tmp
      emptyDir: {sizeLimit: 16Mi}
{{- end -}}

{{/* The rules of the role: the secrets of this release alone. Only `create` cannot be narrowed to names. */}}
{{- define "cnop.bootstrapRules" -}}
- apiGroups: [""]
  resources: [secrets]
  verbs: [create]
- apiGroups: [""]
  resources: [secrets]
  verbs: [get, patch]
  resourceNames:
    {{- range list "keys" "mesh" "authority-tls" "user-tls" "inventory-tls" "order-tls" "ratelimit-tls" "edge-tls" "operator-tls" }}
    - {{ include "cnop.prefix" $ }}-{{ . }}
    {{- end }}
{{- end -}}

{{/* Who the jobs are, and where they may connect: dict "root" $ "name" "rotate" "annotations" (dict ...). */}}
{{- define "cnop.bootstrapAccount" -}}
{{- $name := include "cnop.name" . -}}
---
apiVersion: v1
kind: ServiceAccount
metadata:
  {{- include "cnop.metadata" . | nindent 2 }}
  {{- with .annotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
automountServiceAccountToken: false
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  {{- include "cnop.metadata" . | nindent 2 }}
  {{- with .annotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
rules:
  {{- include "cnop.bootstrapRules" .root | nindent 2 }}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  {{- include "cnop.metadata" . | nindent 2 }}
  {{- with .annotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: {{ $name }}}
subjects:
  - {kind: ServiceAccount, name: {{ $name }}, namespace: {{ .root.Release.Namespace }}}
{{- if .root.Values.networkPolicy.enabled }}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  {{- include "cnop.metadata" . | nindent 2 }}
  {{- with .annotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
spec:
  podSelector:
    matchLabels:
      {{- include "cnop.selector" . | nindent 6 }}
  policyTypes: [Ingress, Egress]
  egress:
    {{- include "cnop.dnsEgress" .root | nindent 4 }}
    - ports:
        - {port: 443, protocol: TCP}
        - {port: 6443, protocol: TCP}
      {{- with .root.Values.networkPolicy.apiServerTo }}
      to:
        {{- toYaml . | nindent 8 }}
      {{- end }}
{{- end }}
{{- end -}}
