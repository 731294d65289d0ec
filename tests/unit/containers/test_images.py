"""The commands of `make images`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from containers import images
from containers.images import (
    CONTEXT_PAGE,
    CONTEXT_WEB,
    NPM_LOCK,
    SWAGGER_UI_FILES,
    Build,
    copy_page,
    copy_swagger_ui,
)
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


def test_the_release_before_is_any_image_of_the_edge() -> None:
    command = Build("podman", base="localhost/base", previous="cnop-edge:1.1").command("edge", "abc")
    assert "--build-arg=PREVIOUS=cnop-edge:1.1" in command
    assert "--build-arg=PREVIOUS=localhost/base" in Build("podman", base="localhost/base").command("edge", "abc")


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


@pytest.mark.parametrize("folder", [CONTEXT_WEB, CONTEXT_PAGE])
def test_the_context_has_a_folder_for_what_this_machine_makes(folder: Path) -> None:
    assert (folder / ".gitignore").is_file()


def test_a_web_client_that_this_machine_can_build_goes_into_the_context(tmp_path: Path) -> None:
    build, context = tmp_path / "build", tmp_path / "context"
    (build / "assets").mkdir(parents=True)
    (context / "assets").mkdir(parents=True)
    for file in (
        context / ".gitignore",
        context / "assets" / "old.js",
        build / "index.html",
        build / "assets" / "new.js",
    ):
        file.touch()
    assert copy_page(("echo", str(build)), context)
    assert {str(file.relative_to(context)) for file in context.rglob("*") if file.is_file()} == {
        ".gitignore", "index.html", "assets/new.js",
    }  # fmt: skip
    assert not copy_page(("false",), context)
    assert [file.name for file in context.iterdir()] == [".gitignore"]


def test_a_local_base_needs_swagger_ui(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(images, "copy_swagger_ui", lambda: False)
    with pytest.raises(MissingError, match=r"Swagger UI is missing.*python -m local fetch"):
        images.build(["edge"], Build("podman", base="localhost/base"))


def test_a_local_base_needs_the_web_client(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(images, "copy_swagger_ui", lambda: True)
    monkeypatch.setattr(images, "copy_page", lambda: False)
    with pytest.raises(MissingError, match="the web client could not be built on this machine"):
        images.build(["edge"], Build("podman", base="localhost/base"))
