"""`helm test`, which trades from inside the cluster."""

from __future__ import annotations

import pytest

from . import kube, release


@pytest.mark.timeout(400)
def test_helm_test_trades_and_finds_the_balance_right_to_the_cent() -> None:
    said = kube.helm("test", release.RELEASE, "--namespace", release.NAMESPACE, "--logs", "--timeout", "300s")
    print(said)
    assert "Succeeded" in said
