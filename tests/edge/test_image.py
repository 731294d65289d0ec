"""The commands of the edge's image work with nothing but what is in it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from edge_config.configuration import envoy_arguments, render
from edge_config.settings import EdgeSettings
from local import authority, binaries
from tests.edge.image import Image


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Image:
    return Image(tmp_path_factory.mktemp("image"))


def test_the_image_writes_a_configuration_that_envoy_accepts_without_any_option_for_its_files(
    image: Image, tmp_path: Path
) -> None:
    folder = tmp_path / "edge"
    authority.ensure(tmp_path / "mesh")
    options = ("--secrets-dir", str(folder), "--certs-dir", str(tmp_path / "mesh" / "edge"))
    wrote = image.run("-m", "edge_config", *options, "--write", str(folder)).stdout
    assert wrote == f"wrote the configuration of the edge to {folder}\n"
    arguments = image.run("-m", "edge_config", *options, "--print-arguments").stdout.splitlines()
    subprocess.run([str(binaries.envoy()), "--mode", "validate", *arguments], check=True, capture_output=True)


def test_the_configuration_of_the_image_is_that_of_the_repository(image: Image) -> None:
    printed = image.run("-m", "edge_config").stdout
    assert printed == render(EdgeSettings()).replace(str(EdgeSettings.descriptors.parents[2]), str(image.app)).replace(
        "/.cache/swagger-ui/", "/swagger-ui/"
    )


def test_the_arguments_of_envoy_name_the_folder_of_the_configuration(image: Image) -> None:
    printed = image.run("-m", "edge_config", "--concurrency", "4", "--print-arguments").stdout.splitlines()
    assert tuple(printed) == envoy_arguments(EdgeSettings(concurrency=4))
    assert printed[:4] == ["-c", "/run/edge/envoy.yaml", "--concurrency", "4"]


@pytest.mark.parametrize("module", ["edge_config", "edge_config.keep", "edge_config.drain"])
def test_each_command_of_the_image_explains_itself(image: Image, module: str) -> None:
    assert f"python -m {module}" in image.run("-m", module, "--help").stdout
