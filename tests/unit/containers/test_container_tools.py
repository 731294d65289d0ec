"""Which tool builds the images and runs compose.yaml."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from containers.tools import MissingError, Works, choose_builder, choose_composer, works


def only(*working: str) -> Works:
    """Only commands that begin like this work."""

    def answer(command: Sequence[str]) -> bool:
        return " ".join(command).startswith(working)

    return answer


@pytest.mark.parametrize(
    ("working", "chosen"),
    [(("docker", "podman"), "docker"), (("podman", "buildah"), "podman"), (("buildah",), "buildah")],
)
def test_the_first_tool_that_works_builds(working: tuple[str, ...], chosen: str) -> None:
    assert choose_builder(works=only(*working)) == chosen


def test_the_wanted_tool_builds() -> None:
    assert choose_builder("buildah", only("docker", "podman", "buildah")) == "buildah"


def test_what_is_missing_is_said() -> None:
    with pytest.raises(MissingError, match=r"docker and podman and buildah: missing.*apt-get install buildah"):
        choose_builder(works=only())
    with pytest.raises(MissingError, match=r"^podman: missing"):
        choose_builder("podman", only("docker"))
    with pytest.raises(MissingError, match=r"docker compose and podman-compose: missing.*pip install podman-compose"):
        choose_composer(works=only("docker info"))


def test_an_unknown_tool_is_refused() -> None:
    with pytest.raises(MissingError, match="'kaniko' is not one of docker, podman, buildah"):
        choose_builder("kaniko", only("kaniko"))


def test_docker_without_its_plug_in_leaves_compose_to_podman() -> None:
    assert choose_composer(works=only("docker info", "podman-compose")) == "podman-compose"
    assert choose_composer(works=only("docker", "podman-compose")) == "docker compose"


def test_a_command_works_if_it_exists_and_succeeds() -> None:
    assert works(["true"])
    assert not works(["false"])
    assert not works(["/no/such/program"])
