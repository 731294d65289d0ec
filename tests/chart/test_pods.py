"""Pods: what the policy `restricted` asks for and more, in each pod of each values file."""

from __future__ import annotations

import pytest

from tests.chart.rendering import COMPONENTS, MINIMUM, SERVICES, VALUES, containers, one, pod, pods, render, rendered

EACH_VALUES = pytest.mark.parametrize("values", VALUES)


@EACH_VALUES
def test_each_pod_is_restricted(values: str) -> None:
    for name, spec in pods(rendered(values)):
        context = spec["securityContext"]
        assert context["runAsNonRoot"] is True, name
        assert (context["runAsUser"], context["runAsGroup"]) == (65532, 65532), name
        assert context["seccompProfile"] == {"type": "RuntimeDefault"}, name
        for container in containers(spec):
            assert container["securityContext"] == {
                "allowPrivilegeEscalation": False,
                "readOnlyRootFilesystem": True,
                "capabilities": {"drop": ["ALL"]},
            }, name
            assert container["resources"]["requests"].keys() >= {"cpu", "memory"}, name
            assert container["resources"]["limits"]["memory"], name


@EACH_VALUES
def test_a_pod_trades_at_the_edge(values: str) -> None:
    manifests = rendered(values)
    assert one(manifests, "Pod", "test")["metadata"]["annotations"]["helm.sh/hook"] == "test"
    assert "def main" in one(manifests, "ConfigMap", "test")["data"]["trade.py"]
    port = one(manifests, "Service", "edge")["spec"]["ports"][0]["port"]
    [url, *_] = one(manifests, "Pod", "test")["spec"]["containers"][0]["args"]
    assert url == f"{'https' if port == 443 else 'http'}://cnop-edge.shop.svc.cluster.local:{port}"


@EACH_VALUES
def test_only_jobs_that_make_secrets_have_a_token_of_kubernetes(values: str) -> None:
    for name, spec in pods(rendered(values)):
        makes_secrets = any("services.bootstrap" in container.get("args", ()) for container in containers(spec))
        assert spec["automountServiceAccountToken"] is makes_secrets, name
        assert spec["enableServiceLinks"] is False, name


@EACH_VALUES
def test_secrets_and_limits_are_mounted_as_folders_that_follow_changes(values: str) -> None:
    for name, spec in pods(rendered(values)):
        for container in containers(spec):
            assert not any("subPath" in mount for mount in container.get("volumeMounts", ())), name
            assert not any("secretKeyRef" in str(variable) for variable in container.get("env", ())), name


@EACH_VALUES
def test_each_mounted_volume_exists_and_each_volume_is_mounted(values: str) -> None:
    for name, spec in pods(rendered(values)):
        volumes = {volume["name"] for volume in spec.get("volumes", ())}
        mounted = {mount["name"] for container in containers(spec) for mount in container.get("volumeMounts", ())}
        assert mounted - volumes <= {"data"}, name  # of a volume claim template
        assert volumes <= mounted, name


@EACH_VALUES
def test_each_component_has_an_account_a_budget_and_a_network_policy_of_its_own(values: str) -> None:
    manifests = rendered(values)
    for component in COMPONENTS:
        spec = pod(one(manifests, "Deployment", component))
        assert spec is not None
        assert spec["serviceAccountName"] == f"cnop-{component}"
        for kind in ("ServiceAccount", "PodDisruptionBudget", "NetworkPolicy"):
            one(manifests, kind, component)


@EACH_VALUES
def test_every_pod_is_selected_by_a_network_policy(values: str) -> None:
    manifests = rendered(values)
    selectors = [item["spec"]["podSelector"]["matchLabels"] for item in manifests if item["kind"] == "NetworkPolicy"]
    for manifest in manifests:
        if pod(manifest) is None:
            continue
        template = manifest["spec"].get("jobTemplate", manifest)
        labels = template["spec"].get("template", manifest)["metadata"]["labels"]
        assert any(selector.items() <= labels.items() for selector in selectors), manifest["metadata"]["name"]


def test_the_chart_opens_the_connections_that_services_make() -> None:
    manifests = rendered("eks")
    for caller in COMPONENTS:
        policy = one(manifests, "NetworkPolicy", caller)["spec"]
        allowed = {
            peer["podSelector"]["matchLabels"]["app.kubernetes.io/component"]
            for rule in policy["egress"]
            for peer in rule.get("to", ())
            if "podSelector" in peer
        }
        spec = pod(one(manifests, "Deployment", caller))
        assert spec is not None
        text = str(containers(spec))
        assert allowed == {service for service in SERVICES if f"cnop-{service}.shop" in text}, caller
        for callee in allowed:
            ingress = one(manifests, "NetworkPolicy", callee)["spec"]["ingress"][0]
            assert ingress["ports"] == [{"port": 50051, "protocol": "TCP"}]
            assert caller in str(ingress["from"])


def test_liveness_asks_for_the_process_alone() -> None:
    for service in SERVICES:
        spec = pod(one(rendered("kind"), "Deployment", service))
        assert spec is not None
        container = spec["containers"][0]
        assert container["livenessProbe"]["grpc"] == {"port": 50052, "service": "liveness"}
        assert container["startupProbe"]["grpc"] == {"port": 50052, "service": "liveness"}
        assert container["readinessProbe"]["grpc"] == {"port": 50052}


def test_a_rollout_never_has_fewer_replicas() -> None:
    for component in COMPONENTS:
        spec = one(rendered("prod"), "Deployment", component)["spec"]
        assert spec["strategy"]["rollingUpdate"]["maxUnavailable"] == 0
        assert spec["minReadySeconds"] == 10


def test_production_has_replicas_that_scale_and_are_spread() -> None:
    manifests = rendered("prod")
    for component in COMPONENTS:
        deployment = one(manifests, "Deployment", component)
        assert "replicas" not in deployment["spec"], "an upgrade would undo what the autoscaler did"
        scaler = one(manifests, "HorizontalPodAutoscaler", component)["spec"]
        assert scaler["minReplicas"] >= 2
        keys = [entry["topologyKey"] for entry in deployment["spec"]["template"]["spec"]["topologySpreadConstraints"]]
        assert keys == ["topology.kubernetes.io/zone", "kubernetes.io/hostname"]


def test_a_digest_takes_precedence_over_the_tag() -> None:
    digest = f"sha256:{'a' * 64}"
    manifests = render(values={**MINIMUM, "image": {"services": {"tag": "1", "digest": digest}}})
    spec = pod(one(manifests, "Deployment", "user"))
    assert spec is not None
    assert spec["containers"][0]["image"] == f"cnop-services@{digest}"


def test_an_upgrade_of_the_chart_alone_restarts_nothing() -> None:
    templates = [
        str(pod(item)) + str(item["spec"]["template"]["metadata"])
        for item in rendered("eks")
        if item["kind"] == "Deployment"
    ]
    assert not any("helm.sh/chart" in template or "checksum" in template for template in templates)
