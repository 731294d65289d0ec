{{- define "cnop.edgeMounts" -}}
- {name: tmp, mountPath: /tmp}
- {name: edge, mountPath: /run/edge}
- {name: certs, mountPath: /run/cnop/certs, readOnly: true}
- {name: limits, mountPath: /etc/cnop, readOnly: true}
{{- if .Values.edge.tls.enabled }}
- {name: public, mountPath: /run/cnop/public, readOnly: true}
{{- end }}
{{- end -}}
