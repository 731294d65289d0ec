"""The schema of the chart's values: python -m tests.chart.schema (make chart).

What a service or the edge can be set to comes from the code. So an unknown or misspelt setting is refused before
anything is installed, and so is one that the chart derives from other values.
"""

from __future__ import annotations

import dataclasses
import json
import typing
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from edge_config.settings import EdgeSettings
from services.common.settings import PREFIX
from services.inventory.settings import Settings as Inventory
from services.order.settings import Settings as Order
from services.ratelimit.settings import Settings as RateLimit
from services.user.settings import Settings as User

Schema = dict[str, Any]

CHART = Path(__file__).resolve().parents[2] / "helm" / "cnop"
FILE = CHART / "values.schema.json"

SERVICES: Mapping[str, type[Any]] = {"user": User, "inventory": Inventory, "order": Order, "ratelimit": RateLimit}

# Settings that the chart derives from other values, or that are the same in each pod.
OWNED = frozenset(
    f"{PREFIX}_{name}"
    for name in (
        "LISTEN", "HEALTH_LISTEN", "METRICS_LISTEN", "TABLE", "DYNAMODB_ENDPOINT", "KEYS_DIR", "LIMITS_FILE",
        "USER_ADDRESS", "INVENTORY_ADDRESS", "REDIS_URL", "REDIS_PASSWORD_FILE", "REDIS_CA_FILE",
        "TOKEN_ISSUER", "TOKEN_AUDIENCE", "TOKEN_SECONDS",
        "MESH_CERTS_DIR", "MESH_TRUST_DOMAIN", "MESH_NAMESPACE", "MESH_SECRET_FILE",
    )
)  # fmt: skip
OWNED_BY_EDGE = frozenset(
    {
        "listen", "health", "admin", "user", "inventory", "order", "ratelimit", "token_issuer", "token_audience",
        "trust_domain", "namespace", "certs_dir", "tls_dir", "secrets_dir", "limits",
    }
)  # fmt: skip
# Where the image has its files.
IN_IMAGE = frozenset({"descriptors", "openapi", "page", "page_before", "swagger_ui"})

_STRING: Schema = {"type": "string"}
_BOOLEAN: Schema = {"type": "boolean"}
_COUNT: Schema = {"type": "integer", "minimum": 1}
_SECONDS: Schema = {"type": "integer", "minimum": 0}
_ANY: Schema = {"type": "object"}  # of Kubernetes, which checks it
_LIST: Schema = {"type": "array", "items": {"type": "object"}}
_STRINGS: Schema = {"type": "array", "items": _STRING}
_MAP: Schema = {"type": "object", "additionalProperties": _STRING}
_NAME: Schema = {"type": "string", "pattern": "^([a-z0-9]([-a-z0-9.]*[a-z0-9])?)?$"}


def settings_of(kind: type[Any], prefix: str = PREFIX) -> Iterator[tuple[str, type[Any], bool]]:
    """Yields the name of each variable of a settings class, its type, and whether it is required."""
    types = typing.get_type_hints(kind)
    for field in dataclasses.fields(kind):
        name = f"{prefix}_{field.name.upper()}"
        if dataclasses.is_dataclass(types[field.name]):
            yield from settings_of(types[field.name], name)
        else:
            yield name, types[field.name], field.default is dataclasses.MISSING


def schema() -> Schema:
    """Returns the schema of values.yaml."""
    properties = {
        # Subcharts and parents of the chart.
        "global": _ANY,
        "fullnameOverride": {**_NAME, "maxLength": 40},
        "clusterDomain": _NAME,
        "commonLabels": _MAP,
        "image": _object(services=_image(), edge=_image(), pullSecrets=_STRINGS),
        "token": _object(issuer=_STRING, audience=_STRING, seconds=_COUNT),
        "mesh": _object(trustDomain={**_NAME, "minLength": 1}),
        "aws": _object(region=_STRING, credentialsSecret=_NAME),
        "tables": _object(
            user=_STRING, inventory=_STRING, order=_STRING,
            endpoint={"type": "string", "pattern": "^(https?://.+)?$"}, provision=_one_of("none", "initContainer"),
        ),
        "catalogue": _object(
            load=_one_of("job", "initContainer", "none"), serviceAccount=_object(annotations=_MAP)
        ),
        "redis": _object(
            url={"type": "string", "pattern": "^(rediss?://([^:@/]+@)?[^@]+)?$"},  # a password belongs into a Secret
            passwordSecret=_object(name=_NAME, key=_STRING), caSecret=_object(name=_NAME, key=_STRING),
        ),
        "certificates": _object(
            source=_one_of("certManager", "bootstrap", "existing"),
            existingSecrets=_object(**dict.fromkeys(("user", "inventory", "order", "ratelimit", "edge"), _NAME)),
            certManager=_object(issuerRef=_ANY, duration=_STRING, renewBefore=_STRING, authorityDuration=_STRING),
        ),
        "secrets": _object(
            existingKeys=_NAME, existingMesh=_NAME, rotation=_object(keys=_STRING, certificates=_STRING),
            resources=_ANY,
        ),
        "limits": _STRING,
        "defaults": _object(**_component()),
        **{name: _object(**_component(), settings=_settings(kind), resources=_ANY) for name, kind in SERVICES.items()},
        "edge": _edge(),
        "networkPolicy": _object(
            enabled=_BOOLEAN, edgeFrom=_LIST, dnsTo=_LIST, awsTo=_LIST, redisTo=_LIST, apiServerTo=_LIST,
            metricsFrom=_LIST,
        ),
        "monitoring": _object(
            serviceMonitor=_object(enabled=_BOOLEAN, labels=_MAP, interval=_STRING),
            prometheusRule=_object(enabled=_BOOLEAN, labels=_MAP), dashboard=_object(enabled=_BOOLEAN, labels=_MAP),
        ),
        "dynamodbLocal": _object(
            **_store(), persistence=_object(enabled=_BOOLEAN, size=_STRING, storageClassName=_STRING)
        ),
        "valkey": _object(**_store()),
        "extraObjects": {"type": "array", "items": {"type": ["object", "string"]}},
    }  # fmt: skip
    return {"$schema": "https://json-schema.org/draft-07/schema#", **_object(**properties)}


def _object(**properties: Schema) -> Schema:
    return {"type": "object", "additionalProperties": False, "properties": properties}


def _one_of(*values: str) -> Schema:
    return {"type": "string", "enum": list(values)}


def _image() -> Schema:
    return _object(
        repository={"type": "string", "minLength": 1},
        tag=_STRING,
        digest={"type": "string", "pattern": "^(sha256:[0-9a-f]{64})?$"},
        pullPolicy=_one_of("Always", "IfNotPresent", "Never"),
    )


def _store() -> dict[str, Schema]:
    return {"enabled": _BOOLEAN, "image": _image(), "command": _STRINGS, "args": _STRINGS, "resources": _ANY}


def _component() -> dict[str, Schema]:
    return {
        "replicas": {"type": "integer", "minimum": 0},
        "autoscaling": _object(enabled=_BOOLEAN, minReplicas=_COUNT, maxReplicas=_COUNT, targetCPU=_COUNT),
        "podDisruptionBudget": _object(enabled=_BOOLEAN, maxUnavailable={"type": ["integer", "string"]}),
        "serviceAccount": _object(existing=_NAME, annotations=_MAP),
        "podAnnotations": _MAP,
        "podLabels": _MAP,
        "nodeSelector": _MAP,
        "tolerations": _LIST,
        "affinity": _ANY,
        "topologySpreadConstraints": _LIST,
        "priorityClassName": _NAME,
        "minReadySeconds": _SECONDS,
        "terminationGracePeriodSeconds": _SECONDS,
        "extraEnv": _LIST,
        "extraVolumes": _LIST,
        "extraVolumeMounts": _LIST,
    }


def _edge() -> Schema:
    route = _object(enabled=_BOOLEAN, parentRefs=_LIST, hostnames=_STRINGS)
    return _object(
        **_component(),
        settings=_edge_settings(),
        resources=_ANY,
        configResources=_ANY,
        drain=_object(atLeastSeconds=_SECONDS, atMostSeconds=_COUNT),
        tls=_object(
            enabled=_BOOLEAN,
            secretName=_NAME,
            certificate=_object(create=_BOOLEAN, dnsNames=_STRINGS, issuerRef=_ANY),
        ),
        service=_object(
            type=_one_of("ClusterIP", "NodePort", "LoadBalancer"),
            port={"type": "integer", "minimum": 0, "maximum": 65535},
            nodePort={"type": "integer", "minimum": 0, "maximum": 65535},
            annotations=_MAP,
            loadBalancerClass=_STRING,
            loadBalancerSourceRanges=_STRINGS,
            externalTrafficPolicy=_one_of("Local", "Cluster"),
        ),
        ingress=_object(enabled=_BOOLEAN, className=_STRING, annotations=_MAP, hosts=_STRINGS, tlsSecret=_NAME),
        httpRoute=route,
        grpcRoute=route,
    )


def _settings(kind: type[Any]) -> Schema:
    return _object(**{name: _value(of) for name, of, _ in sorted(settings_of(kind), key=str) if name not in OWNED})


def _edge_settings() -> Schema:
    types = typing.get_type_hints(EdgeSettings)
    names = sorted(field.name for field in dataclasses.fields(EdgeSettings))
    return _object(**{name: _value(types[name]) for name in names if name not in OWNED_BY_EDGE | IN_IMAGE})


def _value(of: type[Any]) -> Schema:
    if typing.get_origin(of) is tuple:
        return _STRINGS
    kinds: Mapping[type[Any], Schema] = {
        int: {"type": "integer"},
        float: {"type": "number"},
        Decimal: {"type": ["string", "number"]},
        bool: _BOOLEAN,
    }
    return kinds.get(of, _STRING)


def render() -> str:
    return json.dumps(schema(), indent=2) + "\n"


if __name__ == "__main__":
    FILE.write_text(render())
