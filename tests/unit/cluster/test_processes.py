"""The processes of the test cluster, found again by a later run."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.cluster import processes
from tests.cluster.errors import ClusterError
from tests.cluster.processes import Component


@pytest.fixture(autouse=True)
def _folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keeps files in a folder of the test, and starts programs in the network of this machine."""
    monkeypatch.setattr(processes, "RUN", tmp_path)
    monkeypatch.setattr(processes, "LOGS", tmp_path / "log")
    monkeypatch.setattr(processes, "INSIDE", ())


def test_a_component_that_runs_is_not_started_again() -> None:
    Component("sleeper", ("sleep", "60")).start("/usr/bin:/bin")
    again = Component("sleeper", ("sleep", "60"))
    before = again.pid
    again.start("/usr/bin:/bin")
    assert before is not None
    assert again.pid == before
    again.stop()
    assert again.pid is None


def test_a_process_that_only_has_the_same_id_is_neither_taken_for_it_nor_stopped(tmp_path: Path) -> None:
    with subprocess.Popen(["sleep", "60"]) as other:
        (tmp_path / "sleeper.pid").write_text(f"{other.pid} 1")
        component = Component("sleeper", ("sleep", "60"))
        assert component.pid is None
        component.stop()
        assert other.poll() is None
        other.kill()


def test_a_component_that_does_not_end_is_killed() -> None:
    script = "trap '' TERM; echo ready; while true; do sleep 0.1; done"
    component = Component("stubborn", ("sh", "-c", script), stop_seconds_max=0.5)
    component.start("/usr/bin:/bin")
    while not component.log.exists() or not component.log.read_text():
        pass
    component.stop()
    assert component.pid is None


def test_a_component_that_has_ended_is_told_with_the_end_of_its_log() -> None:
    component = Component("broken", ("sh", "-c", "echo no such option; exit 1"))
    component.start("/usr/bin:/bin")
    while component.pid is not None:
        pass
    with pytest.raises(ClusterError, match=r"(?s)broken has ended.*no such option"):
        component.check()
