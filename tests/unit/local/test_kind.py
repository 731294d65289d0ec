"""`python -m local.kind`, with scripts in place of Docker, Kind, kubectl, helm and Python that record their calls."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest
from rich.console import Console

from local import kind
from local.errors import LocalError

PROGRAMS = ("docker", "kind", "kubectl", "helm", "python")
PROGRAM = """#!{python}
import json, pathlib, sys
name, arguments = pathlib.Path(sys.argv[0]).name, sys.argv[1:]
stdin = sys.stdin.read()
with open({calls!r}, "a") as calls:
    calls.write(json.dumps([name, *arguments, stdin]) + "\\n")
answers = json.loads(pathlib.Path({answers!r}).read_text())
for begin, (code, output) in answers.items():
    if " ".join([name, *arguments]).startswith(begin):
        print(output)
        sys.exit(code)
"""


class Machine:
    """A machine that has the programs, as far as `kind` can tell."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._calls, self._answers = folder / "calls", folder / "answers"
        self._answers.write_text("{}")
        for name in PROGRAMS:
            program = folder / name
            program.write_text(
                PROGRAM.format(python=sys.executable, calls=str(self._calls), answers=str(self._answers))
            )
            program.chmod(0o755)

    def answers(self, **by_begin: tuple[int, str]) -> None:
        """Sets exit codes and outputs, by the words that a command begins with, joined with `_`."""
        self._answers.write_text(json.dumps({begin.replace("_", " "): answer for begin, answer in by_begin.items()}))

    def remove(self, name: str) -> None:
        (self._folder / name).unlink()

    @property
    def calls(self) -> list[str]:
        return [" ".join(call[:-1]) for call in self._recorded()]

    def stdin_of(self, begin: str) -> str:
        return next(str(call[-1]) for call in self._recorded() if " ".join(call[:-1]).startswith(begin))

    def _recorded(self) -> list[list[str]]:
        return [json.loads(line) for line in self._calls.read_text().splitlines()] if self._calls.exists() else []


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    monkeypatch.setenv("PATH", str(tmp_path))
    machine = Machine(tmp_path)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    return machine


@pytest.fixture
def console() -> Console:
    return Console(file=io.StringIO(), width=200)


def shown(console: Console) -> str:
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_it_creates_the_cluster_then_loads_the_images_then_installs_the_chart(
    machine: Machine, console: Console
) -> None:
    machine.answers(kubectl_get=(0, ""), kind_get_clusters=(0, "another"))
    kind.up(console)

    assert [call.split(" --")[0] for call in machine.calls[:6]] == [
        "docker info",
        "kind get clusters",
        "kind create cluster",
        "python -m containers.images",
        "kind load docker-image cnop-services:dev cnop-edge:dev",
        "helm",
    ]
    install = machine.calls[5]
    assert "upgrade --install cnop" in install
    assert install.endswith("--wait --timeout 10m")


def test_the_port_of_the_edge_is_reachable_from_this_machine_alone(machine: Machine, console: Console) -> None:
    kind.up(console, port=9090)

    [node] = json.loads(machine.stdin_of("kind create cluster"))["nodes"]
    assert node["extraPortMappings"] == [
        {"containerPort": kind.NODE_PORT, "hostPort": 9090, "listenAddress": "127.0.0.1", "protocol": "TCP"}
    ]
    assert "curl http://localhost:9090/" in shown(console)


def test_a_second_run_keeps_the_cluster_and_restarts_the_pods_from_the_new_images(
    machine: Machine, console: Console
) -> None:
    machine.answers(
        **{
            "kind_get_clusters": (0, "another\ncnop"),
            "kubectl_--context_kind-cnop_--namespace_cnop_get_deployment": (0, "deployment.apps/a\ndeployment.apps/b"),
        }
    )
    kind.up(console)

    assert not [call for call in machine.calls if call.startswith("kind create")]
    assert [call for call in machine.calls if "rollout" in call] == [
        "kubectl --context kind-cnop --namespace cnop rollout restart deployment",
        "kubectl --context kind-cnop --namespace cnop rollout status deployment.apps/a --timeout 300s",
        "kubectl --context kind-cnop --namespace cnop rollout status deployment.apps/b --timeout 300s",
    ]


def test_no_command_can_reach_another_cluster_of_the_user(machine: Machine, console: Console) -> None:
    kind.up(console)

    for call in machine.calls:
        if call.startswith("kubectl"):
            assert call.startswith("kubectl --context kind-cnop ")
        if call.startswith("helm"):
            assert call.startswith("helm --kube-context kind-cnop ")


def test_every_step_is_announced_with_its_number(machine: Machine, console: Console) -> None:
    kind.up(console)

    lines = shown(console).splitlines()
    assert [line.split()[0] for line in lines[:8]] == ["1/4", "1/4", "2/4", "2/4", "3/4", "3/4", "4/4", "4/4"]


def test_missing_programs_are_named_all_at_once_with_where_to_get_them(machine: Machine, console: Console) -> None:
    machine.remove("kind")
    machine.remove("helm")

    with pytest.raises(LocalError) as error:
        kind.up(console)
    assert "kind: https://kind.sigs.k8s.io/" in str(error.value)
    assert "helm: https://helm.sh/" in str(error.value)
    assert "docker" not in str(error.value)
    assert not machine.calls


def test_a_docker_that_does_not_run_is_told_before_anything_is_created(machine: Machine, console: Console) -> None:
    machine.answers(docker_info=(1, "Cannot connect to the Docker daemon"))

    with pytest.raises(LocalError, match=r"(?s)Docker does not answer. Start it.*Cannot connect"):
        kind.up(console)
    assert machine.calls == ["docker info"]


def test_a_failed_installation_says_where_to_look(machine: Machine, console: Console) -> None:
    machine.answers(**{"helm_--kube-context": (1, "context deadline exceeded")})

    with pytest.raises(LocalError, match=r"(?s)context deadline exceeded.*kubectl --context kind-cnop"):
        kind.up(console)


def test_down_deletes_this_cluster_alone(machine: Machine, console: Console) -> None:
    kind.down(console)

    assert machine.calls == ["docker info", "kind delete cluster --name cnop"]
