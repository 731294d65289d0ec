"""Values: each values file renders with helm 4 and helm 3, and mistakes are refused."""

from __future__ import annotations

import subprocess
from typing import Any

import pytest

from tests.chart import programs, schema
from tests.chart.rendering import CHART, MINIMUM, VALUES, RenderError, one, render, render_text


@pytest.mark.parametrize("name", VALUES)
def test_lint_finds_nothing(name: str) -> None:
    options = [option for file in VALUES[name] for option in ("--values", str(file))]
    done = subprocess.run(
        [str(programs.BIN / "helm"), "lint", str(CHART), "--strict", "--quiet", *options],
        env=programs.environment(), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout.strip()) == (0, ""), done.stdout + done.stderr


@pytest.mark.parametrize("name", VALUES)
def test_helm_3_and_4_render_the_same(name: str) -> None:
    assert render(*VALUES[name], helm="helm3") == render(*VALUES[name], helm="helm")


@pytest.mark.parametrize(
    "values",
    [
        {"replica": 3},
        {"user": {"replica": 3}},
        {"user": {"settings": {"CNOP_BCRYPT_COSTS": 12}}},
        {"user": {"settings": {"CNOP_BCRYPT_COST": "many"}}},
        {"user": {"settings": {"CNOP_LISTEN": "0.0.0.0:1"}}},  # the chart decides
        {"order": {"settings": {"CNOP_BCRYPT_COST": 12}}},  # of another service
        {"edge": {"settings": {"heap_mb": 512}}},
        {"certificates": {"source": "cert-manager"}},
        {"redis": {"url": "redis://:password@redis:6379"}},  # a password belongs into a Secret
        {"image": {"services": {"digest": "latest"}}},
    ],
)
def test_mistakes_are_refused(values: dict[str, Any]) -> None:
    with pytest.raises(RenderError, match="values don't meet the specifications of the schema"):
        render(values={**MINIMUM, **values})


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"redis": MINIMUM["redis"]}, "aws.region is not set"),
        ({"aws": MINIMUM["aws"]}, "redis.url is not set"),
        (
            {**MINIMUM, "edge": {"terminationGracePeriodSeconds": 35}},
            "edge.terminationGracePeriodSeconds must be more than edge.drain.atMostSeconds",
        ),
    ],
)
def test_what_is_missing_is_named(values: dict[str, Any], said: str) -> None:
    with pytest.raises(RenderError, match=said):
        render(values=values)


def test_the_schema_is_up_to_date() -> None:
    assert schema.FILE.read_text() == schema.render(), "run make chart"


def test_the_limits_are_those_of_the_edge() -> None:
    assert (CHART / "files" / "limits.toml").read_bytes() == (programs.ROOT / "envoy" / "limits.toml").read_bytes()


def test_components_override_defaults_even_with_nothing() -> None:
    defaults = {"replicas": 3, "tolerations": [{"operator": "Exists"}], "podDisruptionBudget": {"enabled": True}}
    user = {"replicas": 0, "tolerations": [], "podDisruptionBudget": {"enabled": False}}
    manifests = render(values={**MINIMUM, "defaults": defaults, "user": user})
    spec = one(manifests, "Deployment", "user")["spec"]
    assert (spec["replicas"], spec["template"]["spec"].get("tolerations")) == (0, None)
    assert one(manifests, "Deployment", "order")["spec"]["replicas"] == 3
    budgets = [item["metadata"]["name"] for item in manifests if item["kind"] == "PodDisruptionBudget"]
    assert budgets == ["cnop-inventory", "cnop-order", "cnop-ratelimit", "cnop-edge"]


def test_numbers_keep_their_digits() -> None:
    settings = {"CNOP_DAILY_DEPOSIT_MAX": 25000000, "CNOP_DYNAMODB_TIMEOUT_SECONDS": 0.25, "CNOP_SESSION_DAYS": 7}
    said = render_text(values={**MINIMUM, "user": {"settings": settings}})
    assert all(f'value: "{value}"' in said for value in ("25000000", "0.25", "7"))
