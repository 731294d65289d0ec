"""The commands of `make images`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from containers import images
from containers.images import CONTEXT_WEB, NPM_LOCK, SWAGGER_UI_FILES, Build, copy_swagger_ui
from containers.tools import MissingError

VERSION = json.loads(NPM_LOCK.read_text())["packages"]["node_modules/swagger-ui-dist"]["version"]


def test_the_defaults_of_the_containerfile_are_not_overridden() -> None:
    assert Build("docker").command("services", "abc") == [
        *("docker", "build", "--file", "containers/services.Containerfile", "--tag", "cnop-services:dev"),
        *("--label", "org.opencontainers.image.title=cnop-services"),
        *("--label", "org.opencontainers.image.revision=abc"),
        ".",
    ]


def test_buildah_keeps_layers_as_the_others_do() -> None:
    assert Build("buildah").command("edge", "abc")[:3] == ["buildah", "build", "--layers"]


def test_a_local_base_is_used_for_everything() -> None:
    command = Build("podman", base="localhost/base").command("edge", "abc")
    assert {"--build-arg=BASE=localhost/base", "--build-arg=NODE=localhost/base"} <= set(command)


def test_the_edge_can_have_a_base_of_its_own() -> None:
    build = Build("podman", base="localhost/base", edge_base="localhost/other", node="node", tag="1.2")
    assert {"--build-arg=BASE=localhost/other", "--build-arg=NODE=node"} <= set(build.command("edge", "abc"))
    assert "--build-arg=BASE=localhost/base" in build.command("services", "abc")
    assert "cnop-edge:1.2" in build.command("edge", "abc")


def test_more_options_stand_before_the_context() -> None:
    command = Build("podman", platform="linux/arm64", more=["--no-cache"]).command("edge", "abc")
    assert command[-2:] == ["--no-cache", "."]
    assert command[command.index("--platform") + 1] == "linux/arm64"


def test_swagger_ui_that_has_been_fetched_goes_into_the_context(tmp_path: Path) -> None:
    context, folder = tmp_path / "context", tmp_path / "cache" / VERSION
    context.mkdir()
    assert not copy_swagger_ui(tmp_path / "cache", context)
    folder.mkdir(parents=True)
    for name in (*SWAGGER_UI_FILES, "swagger-ui.js.map"):
        (folder / name).write_text(name)
    assert copy_swagger_ui(tmp_path / "cache", context)
    assert {file.name for file in context.iterdir()} == set(SWAGGER_UI_FILES)


def test_swagger_ui_of_another_version_leaves_the_context(tmp_path: Path) -> None:
    (tmp_path / "swagger-ui.css").write_text("old")
    assert not copy_swagger_ui(tmp_path / "cache", tmp_path)
    assert not (tmp_path / "swagger-ui.css").exists()


def test_the_context_has_a_folder_for_swagger_ui() -> None:
    assert (CONTEXT_WEB / ".gitignore").is_file()


def test_a_local_base_needs_swagger_ui(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(images, "copy_swagger_ui", lambda: False)
    with pytest.raises(MissingError, match=r"Swagger UI is missing.*python -m local fetch"):
        images.build(["edge"], Build("podman", base="localhost/base"))
