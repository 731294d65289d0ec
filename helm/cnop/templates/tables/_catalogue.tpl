{{- define "cnop.cataloguePod" -}}
metadata:
  labels:
    {{- include "cnop.podLabels" (dict "root" . "name" "catalogue") | nindent 4 }}
spec:
  {{- include "cnop.pod" (dict "root" .) | nindent 2 }}
  serviceAccountName: {{ include "cnop.name" (dict "root" . "name" "catalogue") }}
  restartPolicy: OnFailure
  containers:
    - name: load-catalogue
      {{- include "cnop.imageFields" (dict "root" . "image" .Values.image.services) | nindent 6 }}
      args: [services.inventory, load-catalogue]
      env:
        {{- include "cnop.envList" (include "cnop.stepEnv" (dict "root" . "name" "inventory") | fromYaml) | trim | nindent 8 }}
      {{- with include "cnop.credentials" . }}
      {{- . | nindent 6 }}
      {{- end }}
      securityContext:
        {{- include "cnop.securityContext" . | nindent 8 }}
      resources:
        {{- toYaml .Values.secrets.resources | nindent 8 }}
      volumeMounts:
        - {name: tmp, mountPath: /tmp}
  volumes:
    - name: tmp
      emptyDir: {sizeLimit: 16Mi}
{{- end -}}
